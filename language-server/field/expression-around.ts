/** Where the expression around a place begins in a text with `{{ }}`; null where there is none. */
export function expressionStart(text: string, offset: number): number | null {
  const open = text.lastIndexOf("{{", offset - 1);
  if (open < 0 || open + 2 > offset) return null;
  // `\{{` is a literal.
  if (text.charAt(open - 1) === "\\") return null;
  const between = text.slice(open + 2, offset);
  if (between.includes("}}")) return null;
  const block = /^\s*(#if|#unless|else\s+if)\s/.exec(between);
  return open + 2 + (block?.[0].length ?? 0);
}
