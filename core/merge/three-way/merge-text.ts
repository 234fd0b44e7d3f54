import { chunksOf, sameStretch } from "./chunks.ts";
import type { Three } from "./merging.ts";

/**
 * Merges a text: line by line, and what both changed of a line word by word where it is prose. Null where both changed
 * the same words, or words beside each other.
 */
export function mergeText({ base, ours, theirs }: Three<string>, kind: "prose" | "lines"): string | null {
  return mergeTokens({ base, ours, theirs }, linesOf, (three) =>
    kind === "prose" && isProse(three.base) ? mergeTokens(three, wordsOf, () => null) : null,
  );
}

function mergeTokens(
  texts: Three<string>,
  split: (text: string) => readonly string[],
  resolve: (three: Three<string>) => string | null,
): string | null {
  const base = split(texts.base);
  const ours = split(texts.ours);
  const theirs = split(texts.theirs);
  let merged = "";
  for (const chunk of chunksOf(base, ours, theirs)) {
    const text = {
      base: base.slice(...chunk.base).join(""),
      ours: ours.slice(...chunk.ours).join(""),
      theirs: theirs.slice(...chunk.theirs).join(""),
    };
    if (chunk.kind === "same" || sameStretch(ours, chunk.ours, theirs, chunk.theirs)) merged += text.ours;
    else if (sameStretch(base, chunk.base, ours, chunk.ours)) merged += text.theirs;
    else if (sameStretch(base, chunk.base, theirs, chunk.theirs)) merged += text.ours;
    else {
      const resolved = resolve(text);
      if (resolved === null) return null;
      merged += resolved;
    }
  }
  return merged;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/** Words with the blanks behind them, and `{{ }}` as one word: what stands beside a changed word is not merged. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\{\{[^]*?\}\}\s*|(?:(?!\{\{)\S)+\s*|\s+|\{/g) ?? [];
}

/** Fewer words are a name or a value, where two changes are hardly independent. */
const FEW_WORDS = 5;

function isProse(text: string): boolean {
  return wordsOf(text).length >= FEW_WORDS;
}
