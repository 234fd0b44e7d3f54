import type { AttemptSteps, JsonObject, StageAddress } from "#core/ports";
import { frameKey } from "../schedule/state.ts";
import type { Live } from "./live.ts";
import type { Session } from "./session.ts";

/** How the run's gate looks into an attempt with these inputs; undefined for a run that asks none. */
export function stepsOf(session: Session, live: Live, inputs: JsonObject): AttemptSteps | undefined {
  const { gate, clock } = session.options;
  if (gate === undefined) return undefined;
  const { address, stage, attempt } = live;
  const begun = clock.monotonic();
  let before = 0;
  let since: number | null = null;
  return {
    at: (step) => {
      if (live.ended) return undefined;
      const held = gate({
        kind: "within",
        address,
        stage: stage.id,
        attempt,
        lane: live.lane ?? 0,
        inputs,
        step,
      });
      if (held === undefined) return undefined;
      // Nobody's looking uses up the time that the attempt may take.
      session.deadlines.unwatch(live);
      live.isHeldWithin = true;
      const from = clock.monotonic();
      since = from;
      return held.then(() => {
        const now = clock.monotonic();
        before += now - from;
        since = null;
        live.isHeldWithin = false;
        if (stage.timeoutMs !== null && !live.ended)
          session.deadlines.watch(live, Math.max(0, stage.timeoutMs - (now - begun - before)));
      });
    },
    answering: (cutOff) => {
      live.cutOff = cutOff;
    },
    heldMs: () => before + (since === null ? 0 : clock.monotonic() - since),
  };
}

/** Cuts off the answer that a stage is getting from a model. False where none is coming, or nothing of it has come. */
export function cutOffOne(session: Session, { frames, stage }: StageAddress): boolean {
  const frame = session.frames.get(frameKey(frames));
  const index = frame?.schedule.region.indexOf.get(stage);
  const live = index === undefined ? undefined : frame?.live[index];
  if (live === undefined || live.ended) return false;
  return live.cutOff?.() ?? false;
}
