/**
 * The address of a value: 128 bits of its JSON text, as 22 characters of base64url.
 *
 * This is MurmurHash3 (x86, 128 bits) over the text's UTF-16 units, two to a word. It is not cryptographic: a
 * journal is written by one run for its owner, so what must not happen is that two values meet by accident, and
 * with 128 well mixed bits that takes about 10^19 values. It needs no bytes, no promise and no platform, which
 * SubtleCrypto does, and costs about a nanosecond per character.
 */
export function contentHash(text: string): string {
  // Seeds that differ, so that the four words of a short text do too.
  let h1 = 0x243f6a88;
  let h2 = 0x05a308d3;
  let h3 = 0x13198a2e;
  let h4 = 0x03707344;
  const length = text.length;
  const blocks = length - (length % 8);
  for (let i = 0; i < blocks; i += 8) {
    let k1 = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
    let k2 = text.charCodeAt(i + 2) | (text.charCodeAt(i + 3) << 16);
    let k3 = text.charCodeAt(i + 4) | (text.charCodeAt(i + 5) << 16);
    let k4 = text.charCodeAt(i + 6) | (text.charCodeAt(i + 7) << 16);

    k1 = Math.imul(k1, C1);
    h1 ^= Math.imul((k1 << 15) | (k1 >>> 17), C2);
    h1 = (((h1 << 19) | (h1 >>> 13)) + h2) | 0;
    h1 = (Math.imul(h1, 5) + 0x561ccd1b) | 0;

    k2 = Math.imul(k2, C2);
    h2 ^= Math.imul((k2 << 16) | (k2 >>> 16), C3);
    h2 = (((h2 << 17) | (h2 >>> 15)) + h3) | 0;
    h2 = (Math.imul(h2, 5) + 0x0bcaa747) | 0;

    k3 = Math.imul(k3, C3);
    h3 ^= Math.imul((k3 << 17) | (k3 >>> 15), C4);
    h3 = (((h3 << 15) | (h3 >>> 17)) + h4) | 0;
    h3 = (Math.imul(h3, 5) + 0x96cd1c35) | 0;

    k4 = Math.imul(k4, C4);
    h4 ^= Math.imul((k4 << 18) | (k4 >>> 14), C1);
    h4 = (((h4 << 13) | (h4 >>> 19)) + h1) | 0;
    h4 = (Math.imul(h4, 5) + 0x32ac3b17) | 0;
  }
  if (blocks < length) {
    // The rest goes in as one more block, filled up with zeros: unlike the reference, which mixes the tail word by
    // word, and enough, since the length is mixed in below and tells a rest from the same one with zeros.
    let k1 = unit(text, blocks) | (unit(text, blocks + 1) << 16);
    let k2 = unit(text, blocks + 2) | (unit(text, blocks + 3) << 16);
    let k3 = unit(text, blocks + 4) | (unit(text, blocks + 5) << 16);
    let k4 = unit(text, blocks + 6);
    k4 = Math.imul(k4, C4);
    h4 ^= Math.imul((k4 << 18) | (k4 >>> 14), C1);
    k3 = Math.imul(k3, C3);
    h3 ^= Math.imul((k3 << 17) | (k3 >>> 15), C4);
    k2 = Math.imul(k2, C2);
    h2 ^= Math.imul((k2 << 16) | (k2 >>> 16), C3);
    k1 = Math.imul(k1, C1);
    h1 ^= Math.imul((k1 << 15) | (k1 >>> 17), C2);
  }
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  return base64url(h1, h2, h3, h4);
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

const DIGITS = new Uint8Array(
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", (each) =>
    each.charCodeAt(0),
  ),
);

function unit(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : 0;
}

function avalanche(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** One call with 22 arguments makes one flat string; adding up pieces would keep a tree of them in memory. */
function base64url(a: number, b: number, c: number, d: number): string {
  return String.fromCharCode(
    digit(a >>> 26),
    digit(a >>> 20),
    digit(a >>> 14),
    digit(a >>> 8),
    digit(a >>> 2),
    digit((a << 4) | (b >>> 28)),
    digit(b >>> 22),
    digit(b >>> 16),
    digit(b >>> 10),
    digit(b >>> 4),
    digit((b << 2) | (c >>> 30)),
    digit(c >>> 24),
    digit(c >>> 18),
    digit(c >>> 12),
    digit(c >>> 6),
    digit(c),
    digit(d >>> 26),
    digit(d >>> 20),
    digit(d >>> 14),
    digit(d >>> 8),
    digit(d >>> 2),
    digit(d << 4),
  );
}

function digit(bits: number): number {
  return DIGITS[bits & 63] ?? 0;
}
