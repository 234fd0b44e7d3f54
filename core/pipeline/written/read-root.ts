import type { JsonProperty } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { readTrivia } from "./read-trivia.ts";
import { withColon } from "./read-written.ts";
import { type Comment, member, noTrivia, type Written, type WrittenMember } from "./written-json.ts";

/** The top-level properties of a document, with their names and values as `write` gives them. */
export function readRoot(
  { text, tree }: PipelineDocument,
  write: (property: JsonProperty) => { readonly key: string; readonly value: Written },
): { readonly members: readonly WrittenMember[]; readonly end: readonly Comment[] } {
  if (tree.root === null) return { members: [], end: [] };
  const { each, end } = readTrivia(
    text,
    tree.root,
    tree.properties.map(({ span }) => span),
  );
  const members = tree.properties.map((property, index): WrittenMember => {
    const { key, keySpan, value: node } = property;
    const written = write(property);
    const trivia = withColon(text, each[index] ?? noTrivia, keySpan, node.span);
    const keyText =
      written.key === key ? text.slice(keySpan.start, keySpan.end) : JSON.stringify(written.key);
    return { ...member(written.key, written.value, trivia), keyText };
  });
  return { members, end };
}
