import { parseExpression, parseTemplate, references } from "#core/expressions";
import type { CanvasPoint } from "../../canvas-edit.ts";
import { parsePipeline } from "../../document/parse-pipeline.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { isJsonObject, type JsonMembers } from "../../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import { applyTextEdits } from "../../text-edit.ts";
import { done, type Refusal, refuse } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { leaveArm } from "../leave-arm.ts";
import { evaluatedPlaces } from "../names/evaluated-places.ts";
import { newTopIds, renameIds } from "../names/rename-ids.ts";
import { uniqueStageIds } from "../new-stage-id.ts";
import { removeIds } from "../remove-ids.ts";
import { spellType, typeKeyOf } from "../stage-spelling.ts";

/** A stage as it is to be written into another pipeline. */
export interface FittedStage {
  readonly id: string;
  /** The id it had. */
  readonly from: string;
  /** In the words of the pipeline it goes to; without id and place. */
  readonly fields: JsonMembers;
  readonly position: CanvasPoint | null;
  /** Whether another of the stages owns or enables it. */
  readonly isInArm: boolean;
}

/** Stages made to fit, lines of `layout` of what is written inside them, and what could not be made to. */
export interface FittedStages {
  readonly ok: true;
  readonly stages: readonly FittedStage[];
  /** What `layout` says of them besides their place, and of stages inside them, by their new ids. */
  readonly layout: ReadonlyMap<string, JsonMembers>;
  readonly notes: readonly string[];
}

/**
 * Makes stages of a pipeline fit another: ids that are taken there get a number, and references among the stages
 * follow. Dependencies on stages that are neither among them nor there, or that come too late, are dropped, and told;
 * what an expression reads of such stages stays, and is told too.
 */
export function fitStages(
  target: PipelineDocument,
  clipping: JsonMembers,
  taken: ReadonlySet<string>,
  meaningOf: MeaningOf,
): FittedStages | Refusal {
  const source = parsePipeline(JSON.stringify(clipping));
  const tops = source.pipeline.stages.filter(({ nestedIn }) => nestedIn === null);
  if (source.broken || tops.length === 0) return refuse("There are no stages in what is to be pasted.");
  if (source.tree.identities.repeated.length > 0) {
    return refuse("Several of the stages to be pasted have the same id. Give them ids of their own first.");
  }
  const ids = uniqueStageIds(
    target,
    tops.map(({ id }) => id),
    taken,
  );
  const renamed = inSteps(source, [
    ...dropUnknown(source, meaningOf),
    (current) => renameIds(current, newTopIds(ids)),
  ]);
  if (!renamed.ok) return renamed;
  const fitted = parsePipeline(applyTextEdits(source.text, renamed.edits));
  const from = new Map(Array.from(ids, ([before, after]) => [after, before]));
  const lines = new Map(fitted.pipeline.layout.map(({ key, value }) => [key, membersOf(nodeToJson(value))]));
  const inArms = new Set(
    fitted.pipeline.stages.flatMap(({ arms }) => arms.flatMap((arm) => arm.stages.map(({ value }) => value))),
  );
  const stages = fitted.pipeline.stages
    .filter(({ nestedIn }) => nestedIn === null)
    .map(
      (stage): FittedStage => ({
        id: stage.id,
        from: from.get(stage.id) ?? stage.id,
        fields: fieldsFor(target, stage),
        position: stage.position?.value ?? pointOf(lines.get(stage.id)),
        isInArm: inArms.has(stage.id),
      }),
    );
  const written = new Set(stages.map(({ id }) => id));
  const layout = new Map(
    Array.from(
      lines,
      ([id, line]) => [id, written.has(id) ? without(line, ["x", "y"]) : line] as const,
    ).filter(([id, line]) => written.has(id.split("/")[0] ?? "") && Object.keys(line).length > 0),
  );
  return { ok: true, stages, layout, notes: notesOn(source, meaningOf, newTopIds(ids).newId) };
}

/**
 * What a name that is not among the stages means where they come to be: a stage, none, or one that goes on only after
 * what they come into.
 */
export type MeaningOf = (id: string) => "stage" | "nothing" | "later";

/** Dependencies that cannot be kept. */
function lostIds(source: PipelineDocument, meaningOf: MeaningOf, stage: Stage): ReadonlySet<string> {
  const ids = stage.dependsOn.map(({ value }) => value);
  return new Set(ids.filter((id) => !source.tree.identities.byId.has(id) && meaningOf(id) !== "stage"));
}

/** What a stage of the clipping cannot wait for, and branches whose stages did not come with it. */
function dropUnknown(source: PipelineDocument, meaningOf: MeaningOf): readonly EditStep[] {
  return source.pipeline.stages.flatMap((stage): readonly EditStep[] => {
    const gone = lostIds(source, meaningOf, stage);
    const left = stage.arms.flatMap(({ arm, stages }) =>
      stages
        .filter(({ value }) => !source.tree.identities.byId.has(value))
        .map(({ value }) => ({ arm, member: value })),
    );
    return [
      (current) => {
        const now = current.pipeline.stages.find(({ id }) => id === stage.id);
        const field = now === undefined ? undefined : fieldNamed(now.fields, "depends_on");
        if (now === undefined || field === undefined) return done([]);
        return done(removeIds(current, now, field, now.dependsOn, gone));
      },
      ...left.map(
        ({ arm, member }): EditStep =>
          (current) =>
            leaveArm(current, stage.id, arm, member),
      ),
    ];
  });
}

function notesOn(
  source: PipelineDocument,
  meaningOf: MeaningOf,
  newId: (id: string) => string,
): readonly string[] {
  const notes: string[] = [];
  for (const stage of source.pipeline.stages) {
    const here = newId(stage.id);
    for (const id of lostIds(source, meaningOf, stage)) {
      const why =
        meaningOf(id) === "later" ? `which comes after what "${here}" is in now` : "which is not here";
      notes.push(`"${here}" waited for "${id}", ${why}: it waits for it no more.`);
    }
    for (const { arm, stages } of stage.arms) {
      for (const { value } of stages) {
        if (source.tree.identities.byId.has(value)) continue;
        notes.push(
          `"${value}" is not in the ${isOwningArm(arm) ? "body" : "branch"} "${arm}" of the new "${here}": it was not copied.`,
        );
      }
    }
  }
  const read = new Set<string>();
  for (const { kind, node, stage, idNamed } of evaluatedPlaces(source)) {
    const parsed = kind === "template" ? parseTemplate(node.value) : parseExpression(node.value);
    for (const reference of references(parsed)) {
      const named = idNamed(reference);
      if (named === null || stage === null || source.tree.identities.byId.has(named.id)) continue;
      // What comes later cannot be read at all: whoever pastes is refused that.
      if (meaningOf(named.id) !== "nothing") continue;
      read.add(`"${newId(stage.id)}" reads "${named.id}", which is not here. Change its expression.`);
    }
  }
  return [...notes, ...read];
}

/** The fields of a stage with its component as the target writes it. */
function fieldsFor(target: PipelineDocument, stage: Stage): JsonMembers {
  const all = membersOf(nodeToJson(stage.node));
  const typeKey = TYPE_KEYS.find((key) => Object.hasOwn(all, key));
  const written = stage.writtenType?.value;
  const rest = without(all, ["id", "position"]);
  if (typeKey === undefined || written === undefined) return rest;
  const component: JsonValue = spellType(target, written);
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) =>
      key === typeKey ? [typeKeyOf(target), component] : [key, value],
    ),
  );
}

const TYPE_KEYS = ["component_type", "component", "type", "uses"];

function membersOf(value: JsonValue): JsonMembers {
  return isJsonObject(value) ? value : {};
}

function without(fields: JsonMembers, keys: readonly string[]): JsonMembers {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

function pointOf(line: JsonMembers | undefined): CanvasPoint | null {
  const { x, y } = line ?? {};
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}
