const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes as base64, with `=` at the end. */
export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    const left = bytes.length - at;
    text += char(group >> 18) + char(group >> 12);
    text += left > 1 ? char(group >> 6) : "=";
    text += left > 2 ? char(group) : "=";
  }
  return text;
}

function char(bits: number): string {
  return ALPHABET.charAt(bits & 63);
}
