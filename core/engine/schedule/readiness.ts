import type { SkipCause } from "#core/journal";
import type { CountedDependency, StagePlan } from "../plan/run-plan.ts";
import { acceptsFailure, applyTriggerRule, type Tally } from "../plan/trigger-rule.ts";
import { type Frame, isFinal, Phase } from "./state.ts";

/** Whether a stage may start, must be left out, or has to wait. */
export type Readiness =
  | { readonly kind: "run" }
  | { readonly kind: "wait" }
  | { readonly kind: "skip"; readonly cause: SkipCause; readonly reason: string };

/** What the state of its frame says of a waiting stage. */
export function readiness(frame: Frame, stage: StagePlan): Readiness {
  const waits = frame.waits[stage.index] ?? 0;
  if (stage.followsSuccess && frame.isSmooth && frame.ending === null) return waits === 0 ? RUN : WAIT;
  if ((frame.alwaysWaits[stage.index] ?? 0) > 0) return WAIT;
  if (!stage.enabled) return skip("disabled", "the stage is disabled");
  const closed = closedGate(frame, stage);
  if (closed !== null) return closed;
  const tally = tallyOf(frame, stage);
  switch (applyTriggerRule(stage.triggerRule, tally)) {
    case "wait":
      return WAIT;
    case "run":
      // A rule that is met early need not wait for the rest; all others have been waited for.
      return frame.ending === null ? RUN : whileEnding(frame, stage, tally);
    case "skip-for-failure":
      return waits > 0 ? WAIT : skip("upstream-failed", blame(frame, stage, "failed"));
    case "skip-for-skip":
      return waits > 0 ? WAIT : skip("upstream-skipped", blame(frame, stage, "skipped"));
  }
}

const RUN: Readiness = { kind: "run" };
const WAIT: Readiness = { kind: "wait" };

function skip(cause: SkipCause, reason: string): Readiness {
  return { kind: "skip", cause, reason };
}

/** A stage runs only when every conditional or router that has it among its stages took its branch. */
function closedGate(frame: Frame, stage: StagePlan): Readiness | null {
  for (const gate of stage.gates) {
    const id = frame.region.stages[gate]?.id ?? "";
    const phase = frame.phases[gate];
    if (phase === Phase.succeeded) continue;
    return skip(
      phase === Phase.failed || phase === Phase.spared ? "upstream-failed" : "branch",
      `"${id}" did not choose a branch`,
    );
  }
  return frame.left?.has(stage.index) === true
    ? skip("branch", `another branch was taken${gateName(frame, stage)}`)
    : null;
}

function gateName(frame: Frame, stage: StagePlan): string {
  const names = stage.gates.map((gate) => `"${frame.region.stages[gate]?.id ?? ""}"`);
  return names.length === 0 ? "" : ` at ${names.join(" or ")}`;
}

/** After a failure only stages start that were written to deal with one; after anything else none does. */
function whileEnding(frame: Frame, stage: StagePlan, tally: Tally): Readiness {
  const { ending } = frame;
  if (ending === null) return RUN;
  switch (ending.kind) {
    case "failed":
      if (acceptsFailure(stage.triggerRule) && tally.failed > 0) return RUN;
      return skip(
        "ended",
        ending.failure.stage === null
          ? "the run had failed"
          : `the run had failed at "${ending.failure.stage}"`,
      );
    case "returned":
      return skip("ended", "the pipeline had returned");
    case "cancelled":
      return skip("ended", "it was cancelled before it began");
  }
}

function tallyOf(frame: Frame, stage: StagePlan): Tally {
  let succeeded = 0;
  let failed = 0;
  let skipped = 0;
  let pending = 0;
  for (const dependency of stage.counted) {
    const phase = phaseOf(frame, dependency);
    if (phase === Phase.succeeded || phase === Phase.tolerated) succeeded += 1;
    else if (phase === Phase.failed || phase === Phase.spared || phase === Phase.cancelled) failed += 1;
    else if (phase === Phase.skipped) skipped += 1;
    else pending += 1;
  }
  return { succeeded, failed, skipped, pending };
}

function phaseOf(frame: Frame, dependency: CountedDependency): number {
  switch (dependency.kind) {
    case "beside":
      return frame.phases[dependency.index] ?? Phase.waiting;
    case "owner":
      return Phase.succeeded;
    case "outside":
      return outsidePhase(frame, dependency.stage);
  }
}

/** A stage of a region around has ended by now; one in a frame that is closed counts as its owner does. */
function outsidePhase(frame: Frame, stage: StagePlan): number {
  for (let target: StagePlan | undefined = stage; target !== undefined; target = target.region.owner?.stage) {
    for (let each: Frame | null = frame; each !== null; each = each.parent?.frame ?? null) {
      if (each.region !== target.region) continue;
      const phase = each.phases[target.index] ?? Phase.waiting;
      // An owner that has decided and still runs is around this frame, or an arm before it.
      return isFinal(phase) ? phase : Phase.succeeded;
    }
  }
  return Phase.skipped;
}

function blame(frame: Frame, stage: StagePlan, how: "failed" | "skipped"): string {
  for (const dependency of stage.counted) {
    const phase = phaseOf(frame, dependency);
    const id = idOf(frame, dependency);
    if (how === "failed") {
      if (phase === Phase.failed) return `"${id}" failed`;
      if (phase === Phase.spared) return `"${id}" did not run because of a failure`;
      if (phase === Phase.cancelled) return `"${id}" was cancelled`;
    } else if (phase === Phase.skipped) {
      return stage.counted.length === 1
        ? `"${id}" was skipped`
        : `"${id}" was skipped, and the trigger rule is ${stage.triggerRule}`;
    }
  }
  return `the trigger rule ${stage.triggerRule} was not met`;
}

function idOf(frame: Frame, dependency: CountedDependency): string {
  switch (dependency.kind) {
    case "beside":
      return frame.region.stages[dependency.index]?.id ?? "";
    case "owner":
      return dependency.id;
    case "outside":
      return dependency.stage.id;
  }
}
