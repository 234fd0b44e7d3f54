import { isOwningArm, type PipelineDocument, possibleArms, type Stage, stageById } from "#core/pipeline";
import type { GraphView } from "../graph/graph-view.ts";
import type { StageItem } from "../graph/outline.ts";
import { armWords } from "../model/add-spot.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { editAloud, whyNotNow } from "./edit-aloud.ts";
import { goToNew } from "./go-to-new.ts";
import { inheritedRefusal } from "./inherited-commands.ts";
import { openOverlay } from "./overlay-commands.ts";

/** An arm of a stage that others can be moved into. */
export interface Body {
  readonly owner: StageItem;
  readonly arm: string;
  /** `“loop” of “Each order”`. */
  readonly words: string;
}

/** Every arm that there is or can be, in the order of the graph. */
export function bodiesOf({ items }: GraphView, document: PipelineDocument): readonly Body[] {
  return [...items.values()].flatMap((item) => {
    const stage = item.kind === "stage" && !item.repeated ? stageById(document, item.card.id) : undefined;
    if (item.kind !== "stage" || stage === undefined) return [];
    return possibleArms(stage).map((arm) => ({
      owner: item,
      arm,
      words: `${armWords(arm)} of “${item.card.title}”`,
    }));
  });
}

/** Asks into which arm stages are to be moved. */
export function beginMoveInto(session: CanvasSession, stages: readonly StageItem[]): void {
  if (stages.length > 0) openOverlay(session, { kind: "move-into", stages: stages.map(({ key }) => key) });
}

/** Why stages cannot be moved into an arm, for the user; null when they can. */
export function moveIntoRefusal(
  session: CanvasSession,
  stages: readonly StageItem[],
  { owner, arm }: Body,
): string | null {
  const ids = stages.map(({ card }) => card.id);
  const { document } = session.store.get();
  const members = document === null ? undefined : stageById(document.drawn, owner.card.id)?.arms;
  const inside = members?.find((each) => each.arm === arm)?.stages.map(({ value }) => value) ?? [];
  if (ids.every((id) => inside.includes(id))) return "It is in there already.";
  return whyNotNow(session, { kind: "move-into", stages: ids, owner: owner.card.id, arm });
}

/** Moves stages into an arm, in one edit, or tells why not. */
export function moveInto(session: CanvasSession, stages: readonly StageItem[], body: Body): void {
  const ids = stages.map(({ card }) => card.id);
  // In the map dialect they have other ids then.
  goToNew(session, () => {
    editAloud(
      session,
      { kind: "move-into", stages: ids, owner: body.owner.card.id, arm: body.arm },
      `Moved ${namesOf(stages)} into ${body.words}.`,
    );
  });
}

/** Takes stages out of the arms they are in, in one edit, or tells why not. */
export function takeOut(session: CanvasSession, stages: readonly StageItem[]): void {
  const ids = stages.map(({ card }) => card.id);
  goToNew(session, () => {
    editAloud(session, { kind: "take-out", stages: ids }, `Took out ${namesOf(stages)}.`);
  });
}

/** Writes a stage before the one above it in its list or body, or after the one below it. */
export function reorder(session: CanvasSession, item: StageItem, step: 1 | -1): void {
  const { card, repeated } = item;
  const refusal = inheritedRefusal([item], "written elsewhere");
  if (refusal !== null) {
    session.tell("error", refusal);
    return;
  }
  const { document } = session.store.get();
  const stage = document === null || repeated ? undefined : stageById(document.shown, card.id);
  if (document === null || stage === undefined) return;
  const ids = siblingsOf(document.shown, stage);
  const at = ids.indexOf(stage.id);
  const other = ids[at + step];
  if (other === undefined) {
    session.announce(`“${card.title}” is the ${step === 1 ? "last" : "first"} there is.`);
    return;
  }
  const before = step === -1 ? other : (ids[at + 2] ?? null);
  const words = `Wrote “${card.title}” ${step === -1 ? "before" : "after"} “${other}”, ${at + step + 1} of ${ids.length}.`;
  editAloud(session, { kind: "reorder-stage", stage: stage.id, before }, words);
}

/** Those of the same list, or in the map dialect of the same body, as the file has them. */
function siblingsOf(document: PipelineDocument, { id, nestedIn }: Stage): readonly string[] {
  if (nestedIn !== null) {
    const arms = stageById(document, nestedIn)?.arms.filter(({ arm }) => isOwningArm(arm)) ?? [];
    const arm = arms.find(({ stages }) => stages.some(({ value }) => value === id));
    return arm?.stages.map(({ value }) => value) ?? [];
  }
  return document.pipeline.stages.filter((each) => each.nestedIn === null).map((each) => each.id);
}

function namesOf(stages: readonly StageItem[]): string {
  const [only, ...others] = stages;
  return only !== undefined && others.length === 0 ? `“${only.card.title}”` : `${stages.length} stages`;
}
