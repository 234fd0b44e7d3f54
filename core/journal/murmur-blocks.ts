/** The four words of a hash that is being made. */
export type Words = Int32Array;

export const C1 = 0x239b961b;
export const C2 = 0xab0e9789;
export const C3 = 0x38b34ae5;
export const C4 = 0xa1e38b93;

/** Mixes whole blocks of eight units into the words. */
export function mixUnits(words: Words, text: string, start: number, end: number): void {
  let h1 = word(words, 0);
  let h2 = word(words, 1);
  let h3 = word(words, 2);
  let h4 = word(words, 3);
  for (let i = start; i < end; i += 8) {
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
  words[0] = h1;
  words[1] = h2;
  words[2] = h3;
  words[3] = h4;
}

/** The same for units that are bytes, the first `end` of them. Written out, since a common loop is as slow as the slower one. */
export function mixBytes(words: Words, bytes: DataView, end: number): void {
  let h1 = word(words, 0);
  let h2 = word(words, 1);
  let h3 = word(words, 2);
  let h4 = word(words, 3);
  for (let i = 0; i < end; i += 8) {
    const low = bytes.getUint32(i, true);
    const high = bytes.getUint32(i + 4, true);
    let k1 = (low & 0xff) | ((low << 8) & 0xff0000);
    let k2 = ((low >>> 16) & 0xff) | ((low >>> 8) & 0xff0000);
    let k3 = (high & 0xff) | ((high << 8) & 0xff0000);
    let k4 = ((high >>> 16) & 0xff) | ((high >>> 8) & 0xff0000);

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
  words[0] = h1;
  words[1] = h2;
  words[2] = h3;
  words[3] = h4;
}

/** Read one by one, which tells the engine that they are whole numbers of 32 bits. */
export function word(words: Words, index: number): number {
  return (words[index] ?? 0) | 0;
}
