import type { Automaton } from "./automaton.ts";
import type { Needle } from "./needle.ts";

/** A text without its secrets, and what at its end may become one. */
export interface Scanned {
  readonly done: string;
  /** Empty where the text is whole. */
  readonly rest: string;
}

/**
 * Puts markers in the place of needles. Of two that overlap the one that begins first counts, of two that begin at one
 * place the longer. Of a text that is `open` more may follow: from where a needle may have begun it is the rest.
 */
export function scan(text: string, automaton: Automaton, end: "whole" | "open"): Scanned {
  let done = "";
  let from = 0;
  let state = 0;
  let best: { readonly start: number; readonly needle: Needle } | null = null;
  /** Where a needle has begun that the text is too short to tell. */
  let pending = Number.POSITIVE_INFINITY;
  for (let at = 0; ; at++) {
    if (best !== null && (at === text.length || at - automaton.depth(state) > best.start)) {
      // Nothing that is under way can begin before it any longer, but for what is to come.
      const first = Math.min(pending, at - automaton.depth(state));
      if (end === "open" && first <= best.start) break;
      done += text.slice(from, best.start) + best.needle.marker;
      from = best.start + best.needle.text.length;
      at = from;
      state = 0;
      best = null;
      pending = Number.POSITIVE_INFINITY;
    }
    if (at >= text.length) break;
    state = automaton.next(state, text.charCodeAt(at));
    if (state === 0) continue;
    const found = automaton.found(state);
    if (found === null) continue;
    for (const { length, needles } of found) {
      const start = at + 1 - length;
      if (best !== null && start > best.start) break;
      for (const needle of needles) {
        if (text.startsWith(needle.text, start)) {
          if (best === null || start < best.start || needle.text.length > best.needle.text.length)
            best = { start, needle };
          break;
        }
        if (end === "open" && isBeginning(needle.text, text, start)) pending = Math.min(pending, start);
      }
    }
  }
  if (end === "whole") return { done: done + text.slice(from), rest: "" };
  const safe = Math.max(
    from,
    Math.min(pending, text.length - automaton.depth(state), best?.start ?? text.length),
  );
  return { done: done + text.slice(from, safe), rest: text.slice(safe) };
}

/** Whether the text, from `start` to its end, is how the needle begins. */
function isBeginning(needle: string, text: string, start: number): boolean {
  return needle.length > text.length - start && needle.startsWith(text.slice(start));
}
