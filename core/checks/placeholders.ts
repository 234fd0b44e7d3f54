import { isTemplate, parseTemplate } from "#core/expressions";
import { type JsonNode, type Span, spanInString } from "#core/pipeline";

/** A name in single braces in a prompt. */
export interface Placeholder {
  /** `{topic}` or `${topic}`. */
  readonly written: string;
  readonly path: string;
  /** Relative to the stage's unit. */
  readonly span: Span;
}

/** Longer ones are text. */
const longest = 64;

/** The names in single braces of a text, outside of its `{{ }}`. */
export function placeholdersIn(
  node: Extract<JsonNode, { kind: "string" }>,
  literalOf: (node: JsonNode) => string,
): readonly Placeholder[] {
  const text = node.value;
  if (!text.includes("{")) return [];
  const parts: readonly Span[] = isTemplate(text)
    ? parseTemplate(text).parts.filter(({ kind }) => kind === "text")
    : [{ start: 0, end: text.length }];
  const found: Placeholder[] = [];
  for (const { start, end } of parts) {
    for (let open = text.indexOf("{", start); open >= 0 && open < end; open = text.indexOf("{", open + 1)) {
      const close = text.slice(open + 1, open + 1 + longest).search(/[^\w.]/);
      const at = open + 1 + close;
      const path = text.slice(open + 1, at);
      const isDoubled = text[open - 1] === "{" || text[open - 1] === "\\" || text[at + 1] === "}";
      if (close <= 0 || text[at] !== "}" || isDoubled || !isPath(path)) continue;
      const from = text[open - 1] === "$" ? open - 1 : open;
      const within = spanInString(literalOf(node), { start: from, end: at + 1 });
      found.push({
        written: text.slice(from, at + 1),
        path,
        span: { start: node.span.start + within.start, end: node.span.start + within.end },
      });
    }
  }
  return found;
}

function isPath(path: string): boolean {
  return path.split(".").every((name) => /^[a-zA-Z_]/.test(name));
}
