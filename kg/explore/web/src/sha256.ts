/** SHA-256 (FIPS 180-4) of short texts, synchronous: names of statements are made of it. */

const K = new Int32Array(64);
const START = new Int32Array(8);

/** The constants: the first 32 bits of the fractions of the square and cube roots of the first primes. */
function fillConstants(): void {
  const fraction = (x: number) => ((x - Math.floor(x)) * 0x100000000) | 0;
  for (let prime = 2, n = 0; n < 64; prime++) {
    let isPrime = true;
    for (let d = 2; d * d <= prime; d++) if (prime % d === 0) isPrime = false;
    if (!isPrime) continue;
    if (n < 8) START[n] = fraction(Math.sqrt(prime));
    K[n++] = fraction(Math.cbrt(prime));
  }
}
fillConstants();

const encoder = new TextEncoder();
const words = new Int32Array(64);

/** The first 16 hex digits of the SHA-256 of a text. */
export function digest(text: string): string {
  const bytes = encoder.encode(text);
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  const sum = START.slice();
  for (let block = 0; block < blocks; block++) addBlock(view, block * 64, sum);
  return hex(sum[0]) + hex(sum[1]);
}

const hex = (n: number) => (n >>> 0).toString(16).padStart(8, "0");
const turn = (x: number, n: number) => (x >>> n) | (x << (32 - n));

function addBlock(view: DataView, offset: number, sum: Int32Array): void {
  const w = words;
  for (let n = 0; n < 16; n++) w[n] = view.getInt32(offset + n * 4);
  for (let n = 16; n < 64; n++) {
    const a = w[n - 15], b = w[n - 2];
    w[n] = w[n - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[n - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = sum;
  for (let n = 0; n < 64; n++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + w[n]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, n) => (sum[n] += value));
}
