import { contentHash } from "#core/journal";

/**
 * The id of a run's trace: 32 hexadecimal digits, the same whenever the run is exported, and by whom. Nobody who sees it
 * can tell what it is made of more than that the run's id is.
 */
export function traceIdOf(runId: string): string {
  return hex(contentHash(`trace ${runId}`), 32);
}

/** The id of a span: 16 hexadecimal digits, made of what no other span of the run is named by. */
export function spanIdOf(runId: string, ...names: readonly (string | number)[]): string {
  return hex(contentHash(JSON.stringify([runId, ...names])), 16);
}

/** Digits of a hash in base64url as the first hexadecimal ones; an id that is all zeros is none, and has a 1 then. */
function hex(hash: string, length: number): string {
  let digits = "";
  let bits = 0;
  let held = 0;
  for (const char of hash) {
    held = ((held << 6) | BASE64URL.indexOf(char)) & 0xfff;
    bits += 6;
    while (bits >= 4 && digits.length < length) {
      bits -= 4;
      digits += ((held >> bits) & 15).toString(16);
    }
  }
  return /^0+$/.test(digits) ? digits.replace(/.$/, "1") : digits;
}

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
