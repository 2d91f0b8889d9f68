/** Reads what kg/explore/pack.py writes: bytes as printable text, and packs of named columns. */

import { LzmaDecoder } from "./lzma";

const FORBIDDEN = '<&"';

/** Lines of printable characters as bytes: two characters are 13 bits, the lowest first. */
export function decodeText(text: string): Uint8Array<ArrayBuffer> {
  const value = new Uint8Array(128);
  for (let code = 33, n = 0; code < 127; code++) if (!FORBIDDEN.includes(String.fromCharCode(code))) value[code] = n++;
  const start = text.indexOf("\n");
  const size = Number(start < 0 ? text : text.slice(0, start));
  const out = new Uint8Array(size);
  let bits = 0, have = 0, at = 0;
  for (let n = start + 1; at < size && n > 0 && n < text.length; n++) {
    const low = text.charCodeAt(n);
    if (low < 33) continue; // a line end, of whatever kind
    bits |= (value[low] + 91 * value[text.charCodeAt(++n)]) << have;
    have += 13;
    while (have >= 8 && at < size) {
      out[at++] = bits & 255;
      bits >>>= 8;
      have -= 8;
    }
  }
  return out;
}

/** The bytes of a data block of the page, which is then taken out of it: the text of a large one is long. */
export function takeBlock(name: string): Uint8Array<ArrayBuffer> {
  const element = document.getElementById(`data-${name}`);
  const bytes = decodeText(element?.textContent ?? "0");
  element?.remove();
  return bytes;
}

export async function unpackGzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Unpacks in slices of a few milliseconds; `progress` hears the share that is done. */
export async function unpackLzma(bytes: Uint8Array, progress?: (share: number) => void): Promise<Uint8Array> {
  const decoder = new LzmaDecoder(bytes);
  for (let size = 0; !decoder.done; size += 1 << 18) {
    decoder.step(1 << 18);
    progress?.(Math.min(1, (size + (1 << 18)) / decoder.output.length));
    await pause();
  }
  return decoder.output;
}

/** Lets the page do what waits: draw, answer a key. */
export function pause(): Promise<void> {
  return new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      done();
    };
    channel.port2.postMessage(0);
  });
}

interface Part {
  form: string;
  count: number;
  from: number;
  to: number;
}

export class Pack {
  private parts = new Map<string, Part>();
  private decoder = new TextDecoder();

  constructor(private data: Uint8Array) {
    const end = data.indexOf(10);
    let from = end + 1;
    for (const { n, f, c, b } of JSON.parse(this.decoder.decode(data.subarray(0, end)))) {
      this.parts.set(n, { form: f, count: c, from, to: from + b });
      from += b;
    }
  }

  has(name: string): boolean {
    return this.parts.has(name);
  }

  form(name: string): string {
    return this.parts.get(name)?.form ?? "";
  }

  numbers(name: string): Int32Array {
    const part = this.parts.get(name);
    if (!part) return new Int32Array(0);
    const out = new Int32Array(part.count);
    const { data } = this;
    let at = part.from, before = 0;
    for (let n = 0; n < part.count; n++) {
      let value = 0, shift = 0, byte = 0;
      do {
        byte = data[at++];
        value |= (byte & 127) << shift;
        shift += 7;
      } while (byte & 128);
      out[n] = part.form === "v" ? value : (before += (value >>> 1) ^ -(value & 1));
    }
    return out;
  }

  texts(name: string): string[] {
    const part = this.parts.get(name);
    if (!part || !part.count) return [];
    const all = this.decoder.decode(this.data.subarray(part.from, part.to)).split("\n");
    if (this.data.subarray(part.from, part.to).includes(92)) {
      for (let n = 0; n < all.length; n++) {
        if (all[n].includes("\\")) all[n] = all[n].replace(/\\(.)/g, (_, c: string) => (c === "n" ? "\n" : c));
      }
    }
    return all;
  }
}
