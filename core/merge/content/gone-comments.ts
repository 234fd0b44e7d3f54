/** Texts, in which a comment is none, and comments. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"?|\/\/[^\r\n]*|\/\*(?:[^]*?\*\/|[^]*)/g;

/**
 * Tells which comments of a text are fewer in another that came from it: these were taken out. Nothing is read before it
 * is asked for, since few pipelines have any.
 */
export function goneComments(before: string, after: string): (comment: string) => boolean {
  let counts: { readonly before: Counts; readonly after: Counts } | undefined;
  return (comment) => {
    counts ??= { before: countsOf(before), after: countsOf(after) };
    return (counts.after.get(comment) ?? 0) < (counts.before.get(comment) ?? 0);
  };
}

type Counts = ReadonlyMap<string, number>;

function countsOf(text: string): Counts {
  const counts = new Map<string, number>();
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('"')) continue;
    const comment = token.trimEnd();
    counts.set(comment, (counts.get(comment) ?? 0) + 1);
  }
  return counts;
}
