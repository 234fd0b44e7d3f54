import { shiftSpan } from "../document/shift.ts";
import { commaAfter } from "../edit/surroundings.ts";
import type { JsonNode, Span } from "../json-node.ts";
import { readComments, readTrivia } from "./read-trivia.ts";
import type { Comment, Trivia, Written, WrittenMember } from "./written-json.ts";

/** A text and what is to stand in place of some of its values, by the offset of the value as it is now. */
export interface WrittenSource {
  readonly text: string;
  readonly replaced: ReadonlyMap<number, string>;
}

/** Nothing is replaced. */
export const nothingReplaced: ReadonlyMap<number, string> = new Map();

/** Takes a value apart; its spans are relative to `base`. What is in one line and needs no change stays one piece. */
export function readWritten(source: WrittenSource, node: JsonNode, base: number): Written {
  const span = shiftSpan(node.span, base);
  const replacement = source.replaced.get(span.start);
  if (replacement !== undefined) return { kind: "text", text: replacement };
  const written = source.text.slice(span.start, span.end);
  if (node.kind !== "object" && node.kind !== "array") return { kind: "text", text: written };
  const inLine = !/[\r\n]/.test(written);
  if (inLine && !changes(source, node, base)) {
    const isEmpty =
      (node.kind === "object" ? node.properties : node.items).length === 0 && !written.includes("/");
    return { kind: "text", text: isEmpty ? `${written.charAt(0)}${written.at(-1) ?? ""}` : written };
  }
  const layout = inLine ? "line" : "lines";
  if (node.kind === "object") {
    const { members, end } = readMembers(source, node, base);
    return { kind: "object", layout, members, end };
  }
  const { each, end } = readTrivia(
    source.text,
    span,
    node.items.map((item) => shiftSpan(item.span, base)),
  );
  const items = node.items.map((item, index) => ({
    ...triviaAt(each, index),
    value: readWritten(source, item, base),
  }));
  return { kind: "list", layout, items, end };
}

/** The properties of an object, each with what stands around it. */
export function readMembers(
  source: WrittenSource,
  node: Extract<JsonNode, { kind: "object" }>,
  base: number,
): { readonly members: readonly WrittenMember[]; readonly end: readonly Comment[] } {
  const { each, end } = readTrivia(
    source.text,
    shiftSpan(node.span, base),
    node.properties.map((property) => shiftSpan(property.span, base)),
  );
  const members = node.properties.map(({ key, keySpan, value }, index) => ({
    key,
    keyText: source.text.slice(keySpan.start + base, keySpan.end + base),
    ...withColon(source.text, triviaAt(each, index), shiftSpan(keySpan, base), shiftSpan(value.span, base)),
    value: readWritten(source, value, base),
  }));
  return { members, end };
}

/** Comments between a key and its value move before the key. */
export function withColon(text: string, trivia: Trivia, key: Span, value: Span): Trivia {
  const between = text.slice(key.end, value.start);
  if (!between.includes("/")) return trivia;
  return { ...trivia, before: [...trivia.before, ...readComments(between.replace(":", " "))] };
}

function triviaAt(each: readonly Trivia[], index: number): Trivia {
  const trivia = each[index];
  if (trivia === undefined) throw new Error(`There is no element ${index}.`);
  return trivia;
}

/** Whether something in a value is replaced, or a comma follows a last element, which strict readers refuse. */
function changes(source: WrittenSource, node: JsonNode, base: number): boolean {
  if (source.replaced.has(node.span.start + base)) return true;
  switch (node.kind) {
    case "object": {
      const { properties } = node;
      return (
        endsInComma(source.text, node, properties.at(-1), base) ||
        properties.some(({ value }) => changes(source, value, base))
      );
    }
    case "array":
      return (
        endsInComma(source.text, node, node.items.at(-1), base) ||
        node.items.some((each) => changes(source, each, base))
      );
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return false;
  }
}

function endsInComma(text: string, node: Located, last: Located | undefined, base: number): boolean {
  if (last === undefined) return false;
  return commaAfter(text, last.span.end + base) !== undefined && node.span.end > last.span.end + 1;
}

interface Located {
  readonly span: Span;
}
