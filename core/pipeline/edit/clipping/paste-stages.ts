import type { CanvasPoint, PasteStages } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import type { JsonMembers } from "../../json/json-object.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { armFields } from "../../stage/arm-fields.ts";
import { connectStages } from "../connect-stages.ts";
import { done, type EditResult, refuse, withNotes } from "../edit-result.ts";
import { enterArm } from "../enter-arm.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { homeBeside, idAt, insertStages, type StageHome } from "../insert-stage.ts";
import { type LayoutLine, setLayoutLines } from "../layout-line.ts";
import { moveStages } from "../move-stages.ts";
import { closingNoCircle } from "../owners/keeping-meaning.ts";
import { hasInlinePositions } from "../stage-spelling.ts";
import { stagesAfterBody } from "./after-body.ts";
import { type FittedStage, fitStages, type MeaningOf } from "./fit-stages.ts";

/**
 * Writes stages of a clipping into a pipeline, under none of the ids that are `taken`; see {@link fitStages} for what
 * becomes of their names. The notes of the result tell what changed, and what could not be kept.
 */
export function pasteStages(
  document: PipelineDocument,
  { clipping, at, into }: PasteStages,
  taken: ReadonlySet<string> = new Set(),
): EditResult {
  const owner = into === null ? undefined : stageById(document, into.owner);
  if (into !== null && owner === undefined) return refuse(`There is no stage "${into.owner}" in this file.`);
  const arm = into === null || owner === undefined ? null : armOf(document, owner, into.arm);
  const home: StageHome = arm?.home ?? { kind: "file", after: null };
  const fitted = fitStages(document, clipping, taken, meaningAt(document, home, into));
  if (!fitted.ok) return fitted;
  const shift = shiftTo(fitted.stages, at);
  const writings: StageWriting[] = [];
  const steps = fitted.stages.flatMap((stage): readonly EditStep[] => {
    const writing = stageWriting(document, stage, home, shift, fitted.layout);
    writings.push(writing);
    const links = arm === null || stage.isInArm ? [] : arm.links(idAt(home, stage.id));
    return links;
  });
  const result = inSteps(document, [...writeStages(writings), ...steps, ...placeStages(writings)]);
  return withNotes(
    // What is pasted into a body may read what waits for that body.
    into === null ? result : closingNoCircle(document, result),
    [...newIdsNote(fitted.stages), ...fitted.notes],
  );
}

/** Where a stage is written that comes into an arm, and what lists it there. */
interface PastedArm {
  readonly home: StageHome;
  readonly links: (added: string) => readonly EditStep[];
}

function armOf(document: PipelineDocument, owner: Stage, arm: string): PastedArm {
  const { id } = owner;
  const isBody =
    armFields(owner).find((each) => each.arm === arm)?.field.value.kind === "object" ||
    (document.tree.container?.kind === "map" && isOwningArm(arm));
  if (isBody) return { home: { kind: "body", owner: id, arm, after: null }, links: () => [] };
  // As the stages that are in its arms do.
  const declares = owner.arms.some(({ stages }) =>
    stages.some(({ value }) => stageById(document, value)?.dependsOn.some((waited) => waited.value === id)),
  );
  return {
    home: { ...homeBeside(document, owner), after: null },
    links: (added) => [
      (current) => enterArm(current, id, arm, added, { kind: "end" }),
      (current) => {
        const waits = stageById(current, added)?.dependsOn.some(({ value }) => value === id) === true;
        return declares && !waits ? connectStages(current, id, added) : done([]);
      },
    ],
  };
}

/** What names mean that are written at a home: in a body a stage beside them counts before one further out. */
function meaningAt(document: PipelineDocument, home: StageHome, into: PasteStages["into"]): MeaningOf {
  const { byId } = document.tree.identities;
  const later = into === null ? new Set() : stagesAfterBody(document, into);
  const around = home.kind === "body" ? home.owner.split("/") : [];
  const scopes = around.map((_, index) => `${around.slice(0, around.length - index).join("/")}/`);
  return (id) => {
    const meant = [...scopes.map((scope) => scope + id), id].find((each) => byId.has(each));
    if (meant !== undefined) return later.has(meant) ? "later" : "stage";
    // One that extends another may have any.
    return document.pipeline.extends === null ? "nothing" : "stage";
  };
}

/** More new ids than these are only counted. */
const MOST_IDS = 5;

function newIdsNote(stages: readonly FittedStage[]): readonly string[] {
  const renamed = stages.filter(({ id, from }) => id !== from);
  if (renamed.length === 0) return [];
  const shown = renamed.slice(0, MOST_IDS).map(({ id, from }) => `${from} → ${id}`);
  const more = renamed.length > MOST_IDS ? ` and ${renamed.length - MOST_IDS} more` : "";
  const count = renamed.length === 1 ? "1 stage got a new id" : `${renamed.length} stages got new ids`;
  return [`${count}: ${shown.join(", ")}${more}.`];
}

/** What it takes to write a stage. Places, and what else `layout` says, come once all stages are written. */
export interface StageWriting {
  readonly home: StageHome;
  readonly id: string;
  readonly fields: JsonMembers;
  readonly moves: readonly (CanvasPoint & { readonly stage: string })[];
  readonly lines: readonly LayoutLine[];
}

/** How a stage is written at a home, with its place and what `layout` says of it and of those inside it. */
export function stageWriting(
  document: PipelineDocument,
  { id, fields, position }: FittedStage,
  home: StageHome,
  shift: CanvasPoint,
  layout: ReadonlyMap<string, JsonMembers>,
): StageWriting {
  const point =
    position === null ? null : { x: Math.round(position.x + shift.x), y: Math.round(position.y + shift.y) };
  const inline = point !== null && hasInlinePositions(document);
  const written = inline ? { ...fields, position: { ...point } } : fields;
  const own = idAt(home, id);
  return {
    home,
    id,
    fields: written,
    moves: point === null || inline ? [] : [{ stage: own, ...point }],
    lines: Array.from(layout)
      .filter(([key]) => key === id || key.startsWith(`${id}/`))
      .map(([key, line]) => ({ id: own + key.slice(id.length), fields: shifted(line, shift) })),
  };
}

/** The steps that write stages: one for each list or body, so that the text is not read again for each stage. */
export function writeStages(writings: readonly StageWriting[]): readonly EditStep[] {
  const together = Map.groupBy(writings, ({ home }) => placeOf(home));
  return [...together.values()].map(
    (stages): EditStep =>
      (current) => {
        const [first] = stages;
        return first === undefined ? done([]) : insertStages(current, first.home, stages);
      },
  );
}

/** The list or body that a home is in. */
export function placeOf(home: StageHome): string {
  return home.kind === "body" ? `${home.owner} ${home.arm}` : "";
}

/** The steps that give stages that are written their places and lines. */
export function placeStages(writings: readonly StageWriting[]): readonly EditStep[] {
  const moves = writings.flatMap((writing) => writing.moves);
  const lines = writings.flatMap((writing) => writing.lines);
  return [(current) => moveStages(current, moves), (current) => setLayoutLines(current, lines)];
}

/** How far stages have to go for the top left of them to be at a place. */
function shiftTo(stages: readonly FittedStage[], at: CanvasPoint | null): CanvasPoint {
  const points = stages.flatMap(({ position }) => (position === null ? [] : [position]));
  if (at === null || points.length === 0) return { x: 0, y: 0 };
  return {
    x: at.x - Math.min(...points.map(({ x }) => x)),
    y: at.y - Math.min(...points.map(({ y }) => y)),
  };
}

function shifted(line: JsonMembers, shift: CanvasPoint): JsonMembers {
  const { x, y } = line;
  return typeof x === "number" && typeof y === "number"
    ? { ...line, x: Math.round(x + shift.x), y: Math.round(y + shift.y) }
    : line;
}
