import { stageById, unitStart } from "../document/locate.ts";
import type { JsonNode } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { type Refusal, refuse } from "./edit-result.ts";

/** How far a path leads: the last value on it that is there, and the keys that are not. */
export interface FoundValue {
  readonly ok: true;
  readonly node: JsonNode;
  /** What the spans of `node` count from. */
  readonly base: number;
  readonly missing: readonly string[];
}

/** Follows a path of keys, and of indexes in lists, from a stage's object or, where `stage` is null, the pipeline's. */
export function findValue(
  document: PipelineDocument,
  stage: string | null,
  path: readonly string[],
): FoundValue | Refusal {
  const start = stage === null ? rootOf(document, path) : stageObject(document, stage);
  if (!start.ok) return start;
  let { node } = start;
  for (const [depth, step] of path.entries()) {
    const next = childOf(node, step);
    if (next === undefined) {
      if (node.kind === "array")
        return refuse(`"${path.slice(0, depth + 1).join(".")}" is not there: a list has no such item.`);
      return { ok: true, node, base: start.base, missing: path.slice(depth) };
    }
    node = next;
  }
  return { ok: true, node, base: start.base, missing: [] };
}

type Start = FoundValue | Refusal;

function stageObject(document: PipelineDocument, id: string): Start {
  const stage = stageById(document, id);
  if (stage === undefined) return refuse(`There is no stage "${id}" in this file.`);
  return { ok: true, node: stage.node, base: unitStart(document, stage), missing: [] };
}

function rootOf({ tree }: PipelineDocument, path: readonly string[]): Start {
  if (tree.root === null) return refuse("The text holds no object in { }.");
  // Its node has none of the stages: they are edited as stages.
  if (path[0] === tree.container?.property.key)
    return refuse("The stages are edited one by one, not as a value of the pipeline.");
  return {
    ok: true,
    node: { kind: "object", span: tree.root, properties: tree.properties },
    base: 0,
    missing: [],
  };
}

function childOf(node: JsonNode, step: string): JsonNode | undefined {
  if (node.kind === "object") return fieldNamed(node.properties, step)?.value;
  return node.kind === "array" && /^\d{1,9}$/.test(step) ? node.items[Number(step)] : undefined;
}
