import { MAX_LENGTH } from "./syntax/parse-source.ts";

/** A free name and the keys after it, without where they stand. */
export interface PlainReference {
  readonly root: string;
  readonly path: readonly string[];
}

/** More steps than this are left to the parser, which has a bound for them. */
const MOST_STEPS = 40;

/** Text, and what stands in braces behind it where that is a path of names with dots between; or the end. */
const piece = /[^{}\\]*(?:\{\{[ \t\n\r]*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)[ \t\n\r]*\}\}|$)/y;

/** Words that are no names, or not everywhere. */
const reserved = /(?:^|\.)(?:if|else|for|in|is|not|and|or|[Nn]one|null|[Tt]rue|[Ff]alse)(?:\.|$)/;

/**
 * What `references(parseTemplate(text))` would find, where that can be seen without parsing: in a template with nothing
 * in its braces but paths such as `upstream.fetch.body`, which is what most of them hold. Undefined for any other.
 */
export function plainReferences(text: string): readonly PlainReference[] | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const found: PlainReference[] = [];
  for (piece.lastIndex = 0; ; ) {
    const match = piece.exec(text);
    if (match === null) return undefined;
    const [, written] = match;
    if (written === undefined) return found;
    if (reserved.test(written)) return undefined;
    const [root = "", ...path] = written.split(".");
    if (path.length > MOST_STEPS) return undefined;
    found.push({ root, path });
  }
}
