/** A path that ends at the cursor: `upstream.fetch.bo` has the root `upstream`, the path `fetch`, and `bo` begun. */
export interface PathBefore {
  /** Null: what is begun is the root itself. */
  readonly root: string | null;
  readonly path: readonly (string | number)[];
  readonly begun: string;
  /** Whether it stands behind a `|`, where only a filter can. */
  readonly filter: boolean;
}

/** How far back anything matters. */
const reach = 500;

/** What of a path stands before the end of an expression's text; null inside a quoted text, or after a number. */
export function pathBefore(source: string): PathBefore | null {
  const text = source.slice(-reach);
  if (isInString(text)) return null;
  const begun = wordAtEnd(text);
  if (/^[0-9]/.test(begun)) return null;
  const steps: (string | number)[] = [];
  let rest = text.slice(0, text.length - begun.length);
  let dotted = withoutDot(rest);
  if (dotted === null) return { root: null, path: [], begun, filter: /(^|[^|])\|\s*$/.test(rest) };
  while (dotted !== null) {
    rest = dotted;
    for (let index = indexAtEnd(rest); index !== null; index = indexAtEnd(rest)) {
      steps.unshift(index.key);
      rest = index.before;
    }
    const word = wordAtEnd(rest);
    // What a call or brackets give has no name.
    if (word === "" || /^[0-9]/.test(word)) return null;
    rest = rest.slice(0, rest.length - word.length);
    dotted = withoutDot(rest);
    steps.unshift(word);
  }
  const [root, ...path] = steps;
  return typeof root === "string" ? { root, path, begun, filter: false } : null;
}

/** The text without the dot it ends with; null where it ends with none. */
function withoutDot(text: string): string | null {
  const trimmed = text.trimEnd();
  if (trimmed.endsWith("?.")) return trimmed.slice(0, -2);
  return trimmed.endsWith(".") ? trimmed.slice(0, -1) : null;
}

function wordAtEnd(text: string): string {
  let start = text.length;
  while (start > 0 && /[\p{L}\p{N}_$-]/u.test(text.charAt(start - 1))) start -= 1;
  // A name does not begin with a hyphen: `a -b` takes away.
  while (start < text.length && text.charAt(start) === "-") start += 1;
  return text.slice(start);
}

function indexAtEnd(text: string): { readonly key: string | number; readonly before: string } | null {
  if (!text.endsWith("]")) return null;
  const open = text.lastIndexOf("[");
  const inner = open < 0 ? "" : text.slice(open + 1, -1).trim();
  const before = text.slice(0, Math.max(0, open));
  if (/^-?\d{1,9}$/.test(inner)) return { key: Number(inner), before };
  const quote = inner.charAt(0);
  const isQuoted = inner.length > 1 && (quote === '"' || quote === "'") && inner.endsWith(quote);
  return isQuoted ? { key: inner.slice(1, -1), before } : null;
}

function isInString(text: string): boolean {
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote === "") {
      if (char === '"' || char === "'") quote = char;
    } else if (char === "\\") {
      at += 1;
    } else if (char === quote) {
      quote = "";
    }
  }
  return quote !== "";
}
