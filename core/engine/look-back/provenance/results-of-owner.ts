import type { JournalEvent } from "#core/journal";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import type { PipelinePlan, RegionPlan, StagePlan } from "../../plan/run-plan.ts";
import { frameAt } from "../recorded-frames.ts";
import { arrivalAt } from "./arrival.ts";
import type { ProvenanceSource } from "./stage-events.ts";
import type { ValuePlace, ValueStep } from "./value-place.ts";

/** Where what is at a path of an owner's output comes from among what its frames gave; null for what is its own. */
export function resultOfOwner(
  source: ProvenanceSource,
  owner: StageAddress,
  path: readonly ValueStep[],
  seq: number,
): ValuePlace | null {
  const decision = source.openings.decision(owner, seq)?.decision;
  const [field, ...rest] = path;
  switch (decision?.kind) {
    case undefined:
      return null;
    case "iterate":
    case "matrix": {
      const [place, ...deeper] = rest;
      const index = field === "results" && typeof place === "number" ? decision.indexes[place] : undefined;
      if (index === undefined) return null;
      const step = { kind: "iteration", owner: owner.stage, index } as const;
      return lastOfFrame(source, [...owner.frames, step], deeper, seq);
    }
    case "try": {
      const arm = field === "try_result" ? "try" : field === "catch_result" ? "catch" : null;
      const opened = source.openings
        .ofOwner(owner, seq)
        .findLast((event) => event.kind === "arm-started" && event.arm === arm);
      if (opened?.kind !== "arm-started") return null;
      const step = { kind: "arm", owner: owner.stage, arm: opened.arm, attempt: opened.attempt } as const;
      return lastOfFrame(source, [...owner.frames, step], rest, seq);
    }
    case "call": {
      const opened = source.openings.ofOwner(owner, seq).findLast((event) => event.kind === "call-started");
      if (field !== "result" || opened?.kind !== "call-started") return null;
      const { attempt, pipeline } = opened;
      const step = { kind: "subpipeline", owner: owner.stage, pipeline: pipeline.name, attempt } as const;
      return { kind: "result", frames: [...owner.frames, step], path: rest };
    }
  }
}

/** The stages that what a pipeline gave comes from: its `return`, its output stage, or its last ones. */
export function sourcesOfResult(
  source: ProvenanceSource,
  frames: readonly FrameStep[],
  path: readonly ValueStep[],
  seq: number,
): readonly ValuePlace[] {
  const frame = frameAt(source, seq, frames);
  if (frame === undefined) return [];
  const returned = returnOf(source, frames, seq);
  if (returned !== null) return [{ kind: "output", address: returned, path: ["return_value", ...path] }];
  const { plan } = frame.pipeline;
  const ran = (stage: StagePlan): boolean =>
    arrivalAt(source, { kind: "output", address: { frames, stage: stage.id }, path: [] }, seq) !== null;
  const given = givers(plan).filter(ran);
  const [only, ...more] = given;
  if (only === undefined) return [];
  if (more.length === 0) return [{ kind: "output", address: { frames, stage: only.id }, path }];
  const [id, ...rest] = path;
  const chosen = given.filter((stage) => id === undefined || stage.id === id);
  return chosen.map((stage) => ({ kind: "output", address: { frames, stage: stage.id }, path: rest }));
}

function givers({ outputStage, root }: PipelinePlan): readonly StagePlan[] {
  // One that stands in an arm is told by its value alone.
  if (outputStage !== null && outputStage.region === root) return [outputStage];
  return root.stages.filter(({ dependents }) => dependents.length === 0);
}

/** The stage that ended the pipeline of a frame early. */
function returnOf(source: ProvenanceSource, frames: readonly FrameStep[], seq: number): StageAddress | null {
  const prefix = frames.length === 0 ? "" : addressKey({ frames, stage: "" });
  const event = source.timeline.events.findLast(
    (each): each is Extract<JournalEvent, { kind: "stage-succeeded" }> =>
      each.kind === "stage-succeeded" &&
      each.seq <= seq &&
      each.decision?.kind === "return" &&
      addressKey(each.address).startsWith(prefix) &&
      each.address.frames.slice(frames.length).every(({ kind }) => kind !== "subpipeline"),
  );
  return event?.address ?? null;
}

/** What a round or an arm gave: the output of the last of its stages that succeeded, in the order of the file. */
function lastOfFrame(
  source: ProvenanceSource,
  frames: readonly FrameStep[],
  path: readonly ValueStep[],
  seq: number,
): ValuePlace | null {
  const region: RegionPlan | undefined = frameAt(source, seq, frames)?.schedule.region;
  const last = region?.stages.findLast(
    ({ id }) => arrivalAt(source, { kind: "output", address: { frames, stage: id }, path: [] }, seq) !== null,
  );
  return last === undefined ? null : { kind: "output", address: { frames, stage: last.id }, path };
}
