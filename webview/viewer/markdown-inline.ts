/** A part of a line in Markdown. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly content: readonly Inline[] }
  /** `href` is null where it leads to nothing that may be opened. */
  | { readonly kind: "link"; readonly href: string | null; readonly content: readonly Inline[] }
  /** Never fetched: only what it is said to show. */
  | { readonly kind: "picture"; readonly text: string };

/** Each part is bounded, so that a text of nothing but brackets takes no longer than another. */
const marks =
  /`([^`]{1,500})`|\*\*([^*]{1,1000})\*\*|__([^_]{1,1000})__|\*([^*\s][^*]{0,1000})\*|(?<!\w)_([^_\s][^_]{0,1000})_(?!\w)|(!?)\[([^[\]]{0,500})\]\(([^()\s]{1,1000})\)/g;

/** What is deeper is text. */
const DEEPEST = 6;

/** The parts of a paragraph. */
export function inlinesOf(text: string, depth = 0): readonly Inline[] {
  if (depth > DEEPEST) return [{ kind: "text", text }];
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push(partOf(match, depth));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

function partOf(match: RegExpMatchArray, depth: number): Inline {
  const [, code, strong, alsoStrong, emphasis, alsoEmphasis, picture, label = "", address = ""] = match;
  if (code !== undefined) return { kind: "code", text: code };
  const bold = strong ?? alsoStrong;
  if (bold !== undefined) return { kind: "strong", content: inlinesOf(bold, depth + 1) };
  const slanted = emphasis ?? alsoEmphasis;
  if (slanted !== undefined) return { kind: "emphasis", content: inlinesOf(slanted, depth + 1) };
  if (picture === "!") return { kind: "picture", text: label };
  return { kind: "link", href: safe(address), content: inlinesOf(label, depth + 1) };
}

/** Only what VS Code asks about before it is opened: neither a script nor a command. */
function safe(address: string): string | null {
  return /^(?:https?:\/\/|mailto:)/i.test(address) ? address : null;
}
