import { C1, C2, C3, C4, mixBytes, mixUnits, type Words, word } from "./murmur-blocks.ts";

/**
 * The address of a value: 128 bits of its JSON text, as 22 characters of base64url.
 *
 * This is MurmurHash3 (x86, 128 bits) over the text's UTF-16 units, two to a word. It is not cryptographic: a
 * journal is written by one run for its owner, so what must not happen is that two values meet by accident, and
 * with 128 well mixed bits that takes about 10^19 values. It needs no promise and no platform, which SubtleCrypto
 * does, and costs half a nanosecond per character of ASCII, a whole one of other texts.
 */
export function contentHash(text: string): string {
  // Seeds that differ, so that the four words of a short text do too.
  words[0] = 0x243f6a88;
  words[1] = 0x05a308d3;
  words[2] = 0x13198a2e;
  words[3] = 0x03707344;
  const blocks = text.length - (text.length % 8);
  let done = 0;
  // Bytes are read much faster than units, and those of ASCII, which long texts mostly are, are the same.
  while (blocks - done >= LEAST_FOR_BYTES) {
    const end = Math.min(done + bytes.length, blocks);
    const { read, written } = encoder.encodeInto(text.slice(done, end), bytes);
    if (read !== written || written !== end - done) break;
    mixBytes(words, view, written);
    done = end;
  }
  mixUnits(words, text, done, blocks);
  return finished(text, blocks);
}

const encoder = new TextEncoder();
/** One piece of a text, in whole blocks. */
const bytes = new Uint8Array(65_536);
const view = new DataView(bytes.buffer);
/** Units from which the way over bytes is shorter. */
const LEAST_FOR_BYTES = 128;
/** The hash so far: of one text at a time. */
const words: Words = new Int32Array(4);

function finished(text: string, blocks: number): string {
  const { length } = text;
  let h1 = word(words, 0);
  let h2 = word(words, 1);
  let h3 = word(words, 2);
  let h4 = word(words, 3);
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
