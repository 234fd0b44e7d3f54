import type { JsonNode } from "../json-node.ts";
import type { Stage, StageUnit } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { type Content, copyOf, spotIn } from "./content.ts";
import { editCopy, type NodeEdit } from "./edit-copy.ts";
import type { Source } from "./origin.ts";
import { type InputOf, overrideStage } from "./override-stage.ts";
import type { Override } from "./read-overrides.ts";
import { stagesAs, type TopStage, topStages } from "./top-stages.ts";

/**
 * The stages of a child (facts, section 7.3): the parent's in their order, each replaced by the child's of that id or
 * changed by its override, then the child's own. They are an object if either file has an object of them.
 */
export function joinStages(
  parent: Source,
  child: Source,
  overrides: ReadonlyMap<string, Override>,
  inputOf: InputOf,
): Content {
  const own = new Map(
    topStages(child, (unit, base) => copyOf(child, unit.node, base)).map((each) => [each.id, each]),
  );
  const inherited = topStages(parent, (unit, base) => inheritedStage(parent, unit, base, overrides, inputOf));
  const stages: TopStage[] = [];
  for (const stage of inherited) {
    stages.push(own.get(stage.id) ?? stage);
    own.delete(stage.id);
  }
  stages.push(...own.values());
  return stagesAs(stages, formOf(parent, child));
}

/** An object of stages stays one, and makes the other file's list one; a file without stages has no say in it. */
function formOf(...sources: readonly Source[]): TopStage["form"] {
  const trees = sources.map(({ document }) => document.tree);
  const filled = trees.filter(({ units }) => units.length > 0);
  const deciding = filled.length > 0 ? filled : trees;
  return deciding.some(({ container }) => container?.kind === "map") ? "property" : "item";
}

/** A stage of the parent with what the child changes in it; null when the child has deleted it. */
function inheritedStage(
  parent: Source,
  unit: StageUnit,
  base: number,
  overrides: ReadonlyMap<string, Override>,
  inputOf: InputOf,
): Content | null {
  const edits = new Map<JsonNode, NodeEdit>();
  for (const stage of unit.stages) {
    const override = overrides.get(stage.id);
    if (override?.kind === "delete") edits.set(stage.node, () => null);
    else if (override !== undefined)
      edits.set(stage.node, (content) => overrideStage(content, override.content, override.spot, inputOf));
    for (const [node, edit] of mentions(stage, overrides)) edits.set(node, edit);
  }
  return editCopy(copyOf(parent, unit.node, base), edits);
}

/** A stage that is deleted goes from the lists of the others too, as when it is deleted on the canvas. */
function* mentions(
  stage: Stage,
  overrides: ReadonlyMap<string, Override>,
): Iterable<readonly [JsonNode, NodeEdit]> {
  const named = [...stage.dependsOn, ...stage.arms.flatMap(({ stages }) => stages)];
  const starts = new Set<number>();
  for (const { value, span } of named) if (isDeleted(value, overrides)) starts.add(span.start);
  if (starts.size === 0) return;
  const fields = [fieldNamed(stage.fields, "depends_on"), ...armFields(stage).map(({ field }) => field)];
  for (const value of fields.map((field) => field?.value)) {
    const isGone = (node: JsonNode): boolean => node.kind === "string" && starts.has(node.span.start);
    if (value?.kind === "array") for (const item of value.items) if (isGone(item)) yield [item, () => null];
    // An arm of one stage may be written without a list.
    if (value !== undefined && isGone(value))
      yield [value, (content) => ({ kind: "array", items: [], spot: spotIn(content) })];
  }
}

/** With an owner goes what is written inside it. */
function isDeleted(id: string, overrides: ReadonlyMap<string, Override>): boolean {
  for (let path = id; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf("/"))))
    if (overrides.get(path)?.kind === "delete") return true;
  return false;
}
