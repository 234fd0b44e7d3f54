import { isJsonObject } from "#core/pipeline";
import type { FrameStep, Json, StageAddress } from "#core/ports";
import { isAround } from "../../plan/dependencies.ts";
import { resolveStageName } from "../../plan/names.ts";
import type { RegionPlan, StagePlan } from "../../plan/run-plan.ts";
import { workOf } from "../../plan/work-of.ts";
import type { FrameView } from "../../run/frame-view.ts";
import { namesOf } from "../../run/scope.ts";
import { frameAt } from "../recorded-frames.ts";
import { arrivalAt } from "./arrival.ts";
import type { ProvenanceSource } from "./stage-events.ts";
import type { ValuePlace, ValueStep } from "./value-place.ts";

/** A name of an expression with the steps after it, at a stage, after the event `seq`. */
export interface Named {
  readonly at: StageAddress;
  readonly seq: number;
  readonly root: string;
  readonly path: readonly ValueStep[];
}

/** What a name means, as `stageScope` binds it; null where the record does not have its frame or stage. */
export function placeOfReference(source: ProvenanceSource, named: Named): ValuePlace | null {
  const { at, seq, root, path } = named;
  const frame = frameAt(source, seq, at.frames);
  const stage = frame?.pipeline.plan.stages.get(at.stage);
  if (frame === undefined || stage === undefined) return null;
  const around = placeAround(frame, at.frames, root, path);
  if (around !== null) return around;
  const [first, ...rest] = path;
  switch (root) {
    case "input":
      return { kind: "input", frames: pipelineFrames(at.frames), path };
    case "vars":
      return typeof first === "string"
        ? { kind: "variable", address: at, name: first, path: rest }
        : { kind: "name", name: root, path };
    case "context": {
      if (typeof first !== "string") return { kind: "name", name: root, path };
      const found = placeAround(frame, at.frames, first, rest);
      if (found !== null) return found;
      const variable: ValuePlace = { kind: "variable", address: at, name: first, path: rest };
      return arrivalAt(source, variable, seq) === null ? { kind: "name", name: root, path } : variable;
    }
    case "loop":
      if (resolveStageName(frame.pipeline.plan.stages, stage, root) === undefined)
        return placeInLoop(frame, at.frames, path);
      return placeOfStage(source, { frame, stage, named }, root, path);
    case "env":
    case "secrets":
      return { kind: "name", name: root, path };
    case "upstream":
    case "stages":
      return typeof first === "string"
        ? placeOfStage(source, { frame, stage, named }, first, rest)
        : { kind: "name", name: root, path };
    default:
      return placeOfStage(source, { frame, stage, named }, root, path);
  }
}

/** A name of a loop or a try around. */
function placeAround(
  frame: FrameView,
  frames: readonly FrameStep[],
  name: string,
  path: readonly ValueStep[],
): ValuePlace | null {
  let steps = frames;
  for (let view: FrameView | null = frame; view !== null; view = view.parent, steps = steps.slice(0, -1)) {
    if (!Object.hasOwn(namesOf(view), name)) continue;
    return isItemName(view, name) ? { kind: "item", frames: steps, path } : { kind: "name", name, path };
  }
  return null;
}

function placeInLoop(frame: FrameView, frames: readonly FrameStep[], path: readonly ValueStep[]): ValuePlace {
  const [first, ...rest] = path;
  let steps = frames;
  for (let view: FrameView | null = frame; view !== null; view = view.parent, steps = steps.slice(0, -1)) {
    if (view.loop === null || view.loop.variables === null) continue;
    if (first === "item" || first === view.loop.variables.item)
      return { kind: "item", frames: steps, path: rest };
    break;
  }
  return { kind: "name", name: "loop", path };
}

function isItemName({ loop }: FrameView, name: string): boolean {
  if (loop === null) return false;
  if (loop.variables === null) return name === "matrix";
  return name === "loop_item" || name === "current_item" || name === loop.variables.item;
}

function placeOfStage(
  source: ProvenanceSource,
  { frame, stage, named }: { readonly frame: FrameView; readonly stage: StagePlan; readonly named: Named },
  id: string,
  path: readonly ValueStep[],
): ValuePlace | null {
  const { frames } = named.at;
  const target = resolveStageName(frame.pipeline.plan.stages, stage, id);
  if (target === undefined) return null;
  if (isAround(target, stage)) return placeInOwner(frame, frames, target, path);
  const home = framesOf(source, { frame, frames, seq: named.seq }, target.region);
  if (home === null) return null;
  const address = { frames: home, stage: target.id };
  const whole = arrivalAt(source, { kind: "output", address, path: [] }, named.seq)?.value;
  return { kind: "output", address, path: outputPath(target, whole, path) };
}

/** What stages inside an owner see of it. */
function placeInOwner(
  frame: FrameView,
  frames: readonly FrameStep[],
  target: StagePlan,
  path: readonly ValueStep[],
): ValuePlace {
  const [first, ...rest] = path;
  let steps = frames;
  for (let view: FrameView | null = frame; view !== null; view = view.parent, steps = steps.slice(0, -1)) {
    const owner = view.schedule.region.owner?.stage;
    if (owner !== target && owner !== workOf(target)) continue;
    if (typeof first === "string" && isItemName(view, first))
      return { kind: "item", frames: steps, path: rest };
    break;
  }
  return { kind: "name", name: target.id, path };
}

/** The steps to the frame that a region's stages are in, as a stage of `frame` sees them: around, or an arm beside. */
function framesOf(
  source: ProvenanceSource,
  {
    frame,
    frames,
    seq,
  }: { readonly frame: FrameView; readonly frames: readonly FrameStep[]; readonly seq: number },
  region: RegionPlan,
): readonly FrameStep[] | null {
  let steps = frames;
  for (let view: FrameView | null = frame; view !== null; view = view.parent, steps = steps.slice(0, -1))
    if (view.schedule.region === region) return steps;
  const { owner } = region;
  if (owner === null) return null;
  const around = framesOf(source, { frame, frames, seq }, owner.stage.region);
  if (around === null) return null;
  const opened = source.openings
    .ofOwner({ frames: around, stage: owner.stage.id }, seq)
    .findLast((event) => event.kind === "arm-started" && event.arm === owner.arm);
  if (opened?.kind !== "arm-started") return null;
  const { arm, attempt } = opened;
  return [...around, { kind: "arm", owner: owner.stage.id, arm, attempt }];
}

/** The path in an output as it is recorded, of one with its component's other names in it. */
function outputPath(
  { definition, isMatrix }: StagePlan,
  whole: Json | undefined,
  path: readonly ValueStep[],
): readonly ValueStep[] {
  const [first, second, ...rest] = path;
  if (typeof first !== "string" || isMatrix) return path;
  if (first === "output" && !Object.hasOwn(definition.output.shape, "output")) return path.slice(1);
  if (whole !== undefined && isJsonObject(whole) && Object.hasOwn(whole, first)) return path;
  if (!Object.hasOwn(definition.outputAliases, first)) return path;
  const alias = definition.outputAliases[first];
  if (alias === undefined) return path;
  if (isList(alias)) return [...alias, ...path.slice(1)];
  const inner = typeof second === "string" && Object.hasOwn(alias, second) ? alias[second] : undefined;
  return inner === undefined ? path : [...inner, ...rest];
}

function isList(alias: readonly string[] | object): alias is readonly string[] {
  return Array.isArray(alias);
}

/** The steps to the frame of the pipeline that a frame is in. */
export function pipelineFrames(frames: readonly FrameStep[]): readonly FrameStep[] {
  return frames.slice(0, frames.findLastIndex(({ kind }) => kind === "subpipeline") + 1);
}
