import type { CanvasPoint, PasteStages } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import type { JsonMembers } from "../../json/json-object.ts";
import type { PipelineDocument } from "../../model.ts";
import { armFields } from "../../stage/arm-fields.ts";
import { type EditResult, refuse, withNotes } from "../edit-result.ts";
import { enterArm } from "../enter-arm.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { homeBeside, idAt, insertStage, type StageHome } from "../insert-stage.ts";
import { setLayoutLine } from "../layout-line.ts";
import { moveStages } from "../move-stages.ts";
import { closingNoCircle } from "../owners/keeping-meaning.ts";
import { hasInlinePositions } from "../stage-spelling.ts";
import { type FittedStage, fitStages } from "./fit-stages.ts";

/** Writes stages of a clipping into a pipeline, under none of the ids that are `taken`; see {@link fitStages} for what becomes of their names. */
export function pasteStages(
  document: PipelineDocument,
  { clipping, at, into }: PasteStages,
  taken: ReadonlySet<string> = new Set(),
): EditResult {
  const fitted = fitStages(document, clipping, taken);
  if (!fitted.ok) return fitted;
  const owner = into === null ? undefined : stageById(document, into.owner);
  if (into !== null && owner === undefined) return refuse(`There is no stage "${into.owner}" in this file.`);
  const isBody =
    into !== null &&
    owner !== undefined &&
    (armFields(owner).find(({ arm }) => arm === into.arm)?.field.value.kind === "object" ||
      (document.tree.container?.kind === "map" && isOwningArm(into.arm)));
  const homeOf = (): StageHome => {
    if (into === null || owner === undefined) return { kind: "file", after: null };
    return isBody ? { kind: "body", ...into, after: null } : { ...homeBeside(document, owner), after: null };
  };
  const shift = shiftTo(fitted.stages, at);
  const writings: StageWriting[] = [];
  const steps = fitted.stages.flatMap((stage): readonly EditStep[] => {
    const home = homeOf();
    const writing = stageWriting(document, stage, home, shift, fitted.layout);
    writings.push(writing);
    return [
      writing.write,
      ...(into === null || isBody || stage.isInArm
        ? []
        : [
            (current: PipelineDocument) =>
              enterArm(current, into.owner, into.arm, idAt(home, stage.id), { kind: "end" }),
          ]),
    ];
  });
  const result = inSteps(document, [...steps, ...placeStages(writings)]);
  // What is pasted into a body may read what waits for that body.
  return withNotes(into === null ? result : closingNoCircle(document, result), fitted.notes);
}

/** What it takes to write a stage. Places, and what else `layout` says, come once all stages are written. */
export interface StageWriting {
  readonly write: EditStep;
  readonly moves: readonly (CanvasPoint & { readonly stage: string })[];
  readonly lines: readonly EditStep[];
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
    write: (current) => insertStage(current, home, id, written),
    moves: point === null || inline ? [] : [{ stage: own, ...point }],
    lines: Array.from(layout)
      .filter(([key]) => key === id || key.startsWith(`${id}/`))
      .map(
        ([key, line]): EditStep =>
          (current) =>
            setLayoutLine(current, own + key.slice(id.length), shifted(line, shift)),
      ),
  };
}

/** The steps that give stages that are written their places and lines. */
export function placeStages(writings: readonly StageWriting[]): readonly EditStep[] {
  const moves = writings.flatMap((writing) => writing.moves);
  return [(current) => moveStages(current, moves), ...writings.flatMap(({ lines }) => lines)];
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
