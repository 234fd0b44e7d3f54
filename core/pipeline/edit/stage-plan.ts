import { isOwningArm } from "../graph/owners.ts";
import { pipelineGraph } from "../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../model.ts";
import { enterArm } from "./enter-arm.ts";
import type { EditStep } from "./in-steps.ts";
import type { StageHome } from "./insert-stage.ts";

/** Where a new stage goes: how it is written there, and what connects it. */
export interface StagePlan {
  readonly home: StageHome;
  /** The steps once it is written; they are told its id. */
  readonly links: (id: string) => readonly EditStep[];
}

/** What placing a stage comes to, or why it cannot be placed there. */
export type Planned =
  | { readonly ok: true; readonly plan: StagePlan }
  | { readonly ok: false; readonly message: string };

/** A plan, as the answer of one who could make it. */
export function planned(home: StageHome, links: StagePlan["links"]): Planned {
  return { ok: true, plan: { home, links } };
}

/** Where a stage runs in a body that is a list of ids, one beside it is in that list too. */
export function joinBody(document: PipelineDocument, beside: Stage, added: string): readonly EditStep[] {
  if (beside.nestedIn !== null) return [];
  const owner = pipelineGraph(document).nodes.find(({ stage }) => stage === beside)?.owner;
  if (owner === null || owner === undefined || !isOwningArm(owner.arm)) return [];
  return [(current) => enterArm(current, owner.stage, owner.arm, added, { kind: "after", stage: beside.id })];
}

/** A place that no stage can go to, with the reason for people. */
export function refusedPlace(message: string): Planned {
  return { ok: false, message };
}
