/** Unpacks raw LZMA (lc 4, lp 0, pb 0), written from the LZMA specification; in steps, so that the page stays alive. */

const LITERAL_BITS = 4;
const MATCH = 0, REP = 12, REP_G0 = 24, REP_G1 = 36, REP_G2 = 48, REP0_LONG = 60, SLOT = 72, SPECIAL = SLOT + 256;
const ALIGN = SPECIAL + 128, LENGTH = ALIGN + 16, REP_LENGTH = LENGTH + 274, LITERAL = REP_LENGTH + 274;

export class LzmaDecoder {
  readonly output: Uint8Array;
  private probs = new Uint16Array(LITERAL + (0x300 << LITERAL_BITS)).fill(1024);
  private range = -1;
  private code = 0;
  private at: number;
  private filled = 0;
  private state = 0;
  private reps = [0, 0, 0, 0];

  /** `input`: the size of the result in four bytes, then the stream. */
  constructor(private input: Uint8Array) {
    const size = new DataView(input.buffer, input.byteOffset, 4).getUint32(0, true);
    this.output = new Uint8Array(size);
    this.at = 5; // the first byte of a stream is 0
    for (let n = 0; n < 4; n++) this.code = (this.code << 8) | input[this.at++];
  }

  get done(): boolean {
    return this.filled >= this.output.length;
  }

  /** Unpacks about `bytes` more. */
  step(bytes: number): void {
    const { output, probs } = this;
    const stop = Math.min(output.length, this.filled + bytes);
    while (this.filled < stop) {
      if (this.at > this.input.length + 8) throw new Error("the data of this page is cut off");
      if (!this.bit(probs, MATCH + this.state)) {
        this.literal();
        continue;
      }
      let length: number;
      if (this.bit(probs, REP + this.state)) {
        if (!this.bit(probs, REP_G0 + this.state)) {
          if (!this.bit(probs, REP0_LONG + this.state)) {
            this.state = this.state < 7 ? 9 : 11;
            output[this.filled] = output[this.filled - this.reps[0] - 1];
            this.filled++;
            continue;
          }
        } else {
          const which = !this.bit(probs, REP_G1 + this.state) ? 1 : this.bit(probs, REP_G2 + this.state) ? 3 : 2;
          this.reps.unshift(this.reps.splice(which, 1)[0]);
        }
        length = this.length(REP_LENGTH);
        this.state = this.state < 7 ? 8 : 11;
      } else {
        length = this.length(LENGTH);
        this.state = this.state < 7 ? 7 : 10;
        this.reps.pop();
        this.reps.unshift(this.distance(length));
      }
      const from = this.filled - this.reps[0] - 1;
      if (from < 0) throw new Error("the data of this page is damaged");
      const end = Math.min(this.filled + length + 2, output.length);
      for (let to = this.filled, source = from; to < end; ) output[to++] = output[source++];
      this.filled = end;
    }
  }

  private bit(probs: Uint16Array, index: number): number {
    const p = probs[index];
    const bound = Math.imul(this.range >>> 11, p);
    let bit: number;
    if ((this.code ^ 0x80000000) < (bound ^ 0x80000000)) {
      this.range = bound;
      probs[index] = p + ((2048 - p) >> 5);
      bit = 0;
    } else {
      this.range = (this.range - bound) | 0;
      this.code = (this.code - bound) | 0;
      probs[index] = p - (p >> 5);
      bit = 1;
    }
    if ((this.range & 0xff000000) === 0) {
      this.range <<= 8;
      this.code = (this.code << 8) | this.input[this.at++];
    }
    return bit;
  }

  private tree(offset: number, bits: number): number {
    let m = 1;
    for (let n = 0; n < bits; n++) m = (m << 1) | this.bit(this.probs, offset + m);
    return m - (1 << bits);
  }

  private reverseTree(offset: number, bits: number): number {
    let m = 1, value = 0;
    for (let n = 0; n < bits; n++) {
      const bit = this.bit(this.probs, offset + m);
      m = (m << 1) | bit;
      value |= bit << n;
    }
    return value;
  }

  private literal(): void {
    const { output, probs } = this;
    const before = this.filled ? output[this.filled - 1] : 0;
    const base = LITERAL + 0x300 * (before >> (8 - LITERAL_BITS));
    let symbol = 1;
    if (this.state >= 7) {
      let match = output[this.filled - this.reps[0] - 1];
      do {
        const high = (match >> 7) & 1;
        match <<= 1;
        const bit = this.bit(probs, base + ((1 + high) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (high !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(probs, base + symbol);
    output[this.filled++] = symbol & 255;
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  /** The length of a match, less 2. */
  private length(base: number): number {
    if (!this.bit(this.probs, base)) return this.tree(base + 2, 3);
    if (!this.bit(this.probs, base + 1)) return 8 + this.tree(base + 10, 3);
    return 16 + this.tree(base + 18, 8);
  }

  private distance(length: number): number {
    const slot = this.tree(SLOT + Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    if (slot < 14) return high + this.reverseTree(SPECIAL + high - slot, bits);
    let direct = 0;
    for (let n = bits - 4; n > 0; n--) {
      this.range >>>= 1;
      this.code = (this.code - this.range) | 0;
      const minus = this.code >> 31; // -1 where it was smaller
      this.code = (this.code + (this.range & minus)) | 0;
      if ((this.range & 0xff000000) === 0) {
        this.range <<= 8;
        this.code = (this.code << 8) | this.input[this.at++];
      }
      direct = (direct << 1) + minus + 1;
    }
    return high + (direct << 4) + this.reverseTree(ALIGN, 4);
  }
}
