import type { JsonNode } from "../json-node.ts";
import { type Content, copiedMembers, copyOf, type Member, spotIn } from "./content.ts";

/** What happens to a node of copied content: null takes it out. */
export type NodeEdit = (content: Content) => Content | null;

/** Copied content with some of its nodes edited, the inner before the outer. */
export function editCopy(content: Content, edits: ReadonlyMap<JsonNode, NodeEdit>): Content | null {
  if (content.kind !== "copy" || edits.size === 0) return content;
  const edit = edits.get(content.node);
  const edited = editWithin(content, edits);
  return edit === undefined ? edited : edit(edited);
}

type Copy = Extract<Content, { kind: "copy" }>;

function editWithin(content: Copy, edits: ReadonlyMap<JsonNode, NodeEdit>): Content {
  const { source, base, node } = content;
  switch (node.kind) {
    case "object": {
      let changed = false;
      const members = copiedMembers(source, node.properties, base).flatMap((member): Member[] => {
        const value = editCopy(member.value, edits);
        changed ||= value !== member.value;
        if (value === null) return [];
        if (value === member.value) return [member];
        const spot = spotIn(value);
        // What counts as written in another text, an override, takes its key along.
        return [{ ...member, value, spot: spot?.source === source ? member.spot : spot }];
      });
      return changed ? { kind: "object", members, spot: spotIn(content) } : content;
    }
    case "array": {
      const items = node.items.map((item) => copyOf(source, item, base));
      const kept = items.map((item) => editCopy(item, edits));
      if (kept.every((item, index) => item === items[index])) return content;
      return { kind: "array", items: kept.filter((item) => item !== null), spot: spotIn(content) };
    }
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return content;
  }
}
