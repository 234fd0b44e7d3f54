import { differenceOf } from "../document/difference.ts";
import { stageById, unitStart } from "../document/locate.ts";
import { parsePipeline } from "../document/parse-pipeline.ts";
import type { JsonNode } from "../json-node.ts";
import type { Field, PipelineDocument, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { applyTextEdits, type TextEdit } from "../text-edit.ts";
import { disableInherited } from "./disable-inherited.ts";
import { removeProperties } from "./edit-properties.ts";
import { done, type EditResult, refuse, withNotes } from "./edit-result.ts";
import { elementsOf, elementsOfRoot, elementsOfStages } from "./element-list.ts";
import { type EditStep, inSteps } from "./in-steps.ts";
import { leaveArm } from "./leave-arm.ts";
import { type Released, releasedNotes, takePlaceOf } from "./owners/take-place.ts";
import { removeElements } from "./remove-elements.ts";
import { removeIds } from "./remove-ids.ts";

/**
 * Deletes stages with those nested in them, and every place that names them as a stage: `depends_on`, lists of
 * branches and bodies, the output stage, `layout` with its groups. What they had in their arms and stays takes their place
 * in the lists that they were in, and the notes tell what no branch decides on any more. Expressions that read them stay, for only their
 * writer knows what to read instead; checks point at them. A stage of the parent pipeline is switched off.
 */
export function deleteStages(document: PipelineDocument, ids: readonly string[]): EditResult {
  const { pipeline } = document;
  const asked = new Set(ids);
  const doomed = pipeline.stages.filter((stage) => isDoomed(document, stage, asked));
  const marks = ids.filter((id) => id.startsWith("$"));
  const unknown = marks.find((id) => !pipeline.layout.some(({ key }) => key === id));
  if (unknown !== undefined) return refuse(`There is no note or group "${unknown}" in this file.`);
  const inherited = ids.filter((id) => !id.startsWith("$") && stageById(document, id) === undefined);
  if (inherited.length > 0 && pipeline.extends === null) {
    return refuse(`There is no stage "${inherited[0]}" in this file.`);
  }
  const repeated = pipeline.stages.filter((stage) => stageById(document, stage.id) !== stage);
  const ambiguous = repeated.find(({ id }) => asked.has(id));
  if (ambiguous !== undefined) {
    return refuse(
      `Several stages have the id "${ambiguous.id}". Give them ids of their own in the text first.`,
    );
  }
  const gone = new Set(doomed.map(({ id }) => id));
  const released = releasedBy(doomed, gone).filter(({ member }) => stageById(document, member) !== undefined);
  const result = inSteps(document, [
    ...released.flatMap(({ from, member }): readonly EditStep[] => [
      (current) => leaveArm(current, from.owner, from.arm, member),
      ...takePlaceOf(document, from.owner, member, gone),
    ]),
    (current) => removeStages(current, gone, marks, inherited),
  ]);
  if (!result.ok || released.length === 0) return result;
  const after = parsePipeline(applyTextEdits(document.text, result.edits), document, result.edits);
  return withNotes(result, releasedNotes(after, released));
}

/** What is in arms of stages that go, and stays. */
function releasedBy(doomed: readonly Stage[], gone: ReadonlySet<string>): readonly Released[] {
  return doomed.flatMap(({ id, arms }) =>
    arms.flatMap(({ arm, stages }) =>
      stages
        .filter(({ value }) => !gone.has(value))
        .map(({ value }) => ({ from: { owner: id, arm }, member: value })),
    ),
  );
}

function removeStages(
  document: PipelineDocument,
  gone: ReadonlySet<string>,
  marks: readonly string[],
  inherited: readonly string[],
): EditResult {
  const { text, pipeline } = document;
  const kept = pipeline.stages.filter(({ id }) => !gone.has(id));
  const edits: TextEdit[] = [
    ...removeUnits(document, gone),
    ...kept.flatMap((stage) => removeNested(document, stage, gone)),
    ...kept.flatMap((stage) => removeMentions(document, stage, gone)),
    ...removeFromTop(document, gone, marks),
  ];
  if (inherited.length === 0) return done(edits);
  const afterwards = parsePipeline(applyTextEdits(text, edits), document, edits);
  const disabled = disableInherited(afterwards, inherited);
  if (!disabled.ok || edits.length === 0) return disabled;
  // Both may touch the same commas, so here one edit spans what the two steps change.
  return done([differenceOf(text, applyTextEdits(afterwards.text, disabled.edits))]);
}

/** Whether it or a stage that it is written inside of is asked for. */
function isDoomed(document: PipelineDocument, stage: Stage, asked: ReadonlySet<string>): boolean {
  for (let around: Stage | undefined = stage; around !== undefined; ) {
    if (asked.has(around.id)) return true;
    around = around.nestedIn === null ? undefined : stageById(document, around.nestedIn);
  }
  return false;
}

function removeUnits(document: PipelineDocument, gone: ReadonlySet<string>): readonly TextEdit[] {
  const list = elementsOfStages(document);
  if (list === undefined) return [];
  const indexes = new Set<number>();
  document.tree.units.forEach(({ stages: [top] }, index) => {
    if (top !== undefined && gone.has(top.id)) indexes.add(index);
  });
  return removeElements(document.text, list, indexes);
}

/** Takes the stages that are written inside a stage that stays out of its bodies. */
function removeNested(
  document: PipelineDocument,
  stage: Stage,
  gone: ReadonlySet<string>,
): readonly TextEdit[] {
  return armFields(stage).flatMap(({ field: { value } }) => {
    if (value.kind !== "object") return [];
    const place = { node: value, base: unitStart(document, stage) };
    return removeProperties(document.text, place, ({ key }) => gone.has(`${stage.id}/${key}`));
  });
}

function removeMentions(
  document: PipelineDocument,
  stage: Stage,
  gone: ReadonlySet<string>,
): readonly TextEdit[] {
  const mentioned = stage.arms.flatMap(({ stages }) => stages);
  const dependsOn = fieldNamed(stage.fields, "depends_on");
  return [
    ...(dependsOn === undefined ? [] : removeIds(document, stage, dependsOn, stage.dependsOn, gone)),
    ...armFields(stage).flatMap(({ field }) => removeIds(document, stage, field, mentioned, gone)),
  ];
}

/**
 * The output stage, and the lines of `layout`, those of groups that are left without stages included; a `layout` that
 * holds nothing else goes too.
 */
function removeFromTop(
  document: PipelineDocument,
  gone: ReadonlySet<string>,
  marks: readonly string[],
): readonly TextEdit[] {
  const { text, pipeline, tree } = document;
  const root = elementsOfRoot(document);
  if (root === undefined) return [];
  const indexes = new Set<number>();
  tree.properties.forEach(({ key, value }, index) => {
    const isOutput = key === "output_stage_id" || key === "output_stage";
    if (isOutput && value.kind === "string" && gone.has(value.value)) indexes.add(index);
  });
  const layout = tree.properties.findLastIndex(({ key }) => key === "layout");
  const lines = pipeline.layout;
  const groups = lines.filter(({ key }) => key.startsWith("$group:"));
  const doomed = new Set([
    ...gone,
    ...marks,
    ...groups.filter((group) => isLeftEmpty(group, gone)).map(({ key }) => key),
  ]);
  if (lines.length > 0 && lines.every(({ key }) => doomed.has(key))) {
    indexes.add(layout);
    return removeElements(text, root, indexes);
  }
  const node = tree.properties[layout]?.value;
  const fromLayout =
    node?.kind === "object" ? removeProperties(text, { node, base: 0 }, ({ key }) => doomed.has(key)) : [];
  const fromGroups = groups
    .filter(({ key }) => !doomed.has(key))
    .flatMap(({ value }) => removeFromGroup(text, membersOf(value), gone));
  return [...removeElements(text, root, indexes), ...fromLayout, ...fromGroups];
}

function membersOf(group: JsonNode): JsonNode | undefined {
  return fieldNamed(fieldsOf(group), "stages")?.value;
}

function isLeftEmpty({ value }: Field, gone: ReadonlySet<string>): boolean {
  const members = membersOf(value);
  if (members?.kind !== "array" || members.items.length === 0) return false;
  return members.items.every((item) => item.kind === "string" && gone.has(item.value));
}

function removeFromGroup(
  text: string,
  members: JsonNode | undefined,
  gone: ReadonlySet<string>,
): readonly TextEdit[] {
  if (members?.kind !== "array") return [];
  const indexes = members.items.flatMap((item, index) =>
    item.kind === "string" && gone.has(item.value) ? [index] : [],
  );
  return removeElements(text, elementsOf(members, 0), new Set(indexes));
}
