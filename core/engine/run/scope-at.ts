import type { Scope } from "#core/expressions";
import type { StageAddress } from "#core/ports";
import { frameKey } from "../schedule/state.ts";
import type { RunFrame } from "./run-frame.ts";
import { stageScope } from "./scope.ts";
import type { Session } from "./session.ts";

/** What expressions of the stage at an address see now, as `Run.scopeAt` says; `root` is the run's own frame. */
export function scopeAt(
  session: Session,
  root: RunFrame,
  { frames, stage: stageId }: StageAddress,
): Scope | undefined {
  let frame: RunFrame = root;
  for (let depth = frames.length; depth > 0; depth--) {
    const open = session.frames.get(frameKey(frames.slice(0, depth)));
    if (open === undefined) continue;
    frame = open;
    break;
  }
  const stage = frame.pipeline.plan.stages.get(stageId);
  if (stage === undefined) return undefined;
  const output = frame.schedule.region === stage.region ? frame.outputs[stage.index] : undefined;
  return stageScope({ runId: session.id, frame, stage }, output === undefined ? {} : { output });
}
