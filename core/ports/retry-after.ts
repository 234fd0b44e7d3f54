/** Headers of an answer by their names in lower case. */
type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Milliseconds that a server wants to be left alone: of `retry-after-ms`, else of `Retry-After`, in seconds or as an
 * HTTP date, which counts from `now` (milliseconds since 1970). Undefined where it says nothing that can be read.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const exact = numberIn(headers["retry-after-ms"]);
  if (exact !== undefined) return Math.ceil(exact);
  const written = headers["retry-after"]?.trim();
  if (written === undefined) return undefined;
  const seconds = numberIn(written);
  if (seconds !== undefined) return Math.ceil(seconds * 1000);
  // Only the form that HTTP writes: Date.parse takes far more for a date.
  const date = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(written)
    ? Date.parse(written)
    : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The longest that a server is left alone on its own word, in milliseconds: five minutes. */
const LONGEST_WISH_MS = 5 * 60_000;

/**
 * Milliseconds to wait before asking a server again: one's own wait, or the server's wish (undefined for none) where
 * that is longer, of which at most five minutes are granted.
 */
export function waitBeforeRetry(ownMs: number, wishMs: number | undefined): number {
  return Math.max(ownMs, Math.min(wishMs ?? 0, LONGEST_WISH_MS));
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : undefined;
}
