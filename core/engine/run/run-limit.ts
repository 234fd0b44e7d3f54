import type { RunFailure } from "#core/journal";
import { addressKey } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import type { Live } from "./live.ts";
import type { Session } from "./session.ts";

/** Milliseconds after which a run that stands at a gate is looked at again, at the earliest. */
const LIMIT_STEP_MS = 50;

/** Stages that a message names at most. */
const MOST_NAMED = 3;

/** Why the run is to stop, once its time is up; null when it has no limit, or `over` aborts before. */
export async function runOutOfTime(
  plan: RunPlan,
  session: Session,
  over: AbortSignal,
): Promise<RunFailure | null> {
  const limit = limitOf(plan);
  if (limit === null) return null;
  const { clock } = session.options;
  const start = clock.monotonic();
  // What was spent at gates does not count.
  const left = (): number => limit.ms - (clock.monotonic() - start - session.heldMs());
  await clock.sleep(limit.ms, over);
  while (!over.aborted && left() > 0) await clock.sleep(Math.max(left(), LIMIT_STEP_MS), over);
  if (over.aborted) return null;
  const message = `${limit.message}${atStages(session)}. ${limit.advice}`;
  return {
    type: "TIMEOUT",
    message,
    recoverable: true,
    stage: null,
    details: { cap: limit.cap, limit: limit.ms },
  };
}

interface Limit {
  readonly ms: number;
  readonly cap: "wall_time" | "timeout";
  readonly message: string;
  readonly advice: string;
}

function limitOf({ timeoutMs, budget }: RunPlan): Limit | null {
  const wallTimeMs = budget?.limits.wallTimeMs ?? null;
  if (wallTimeMs !== null && (timeoutMs === null || wallTimeMs <= timeoutMs)) {
    return {
      ms: wallTimeMs,
      cap: "wall_time",
      message: `The run went over its budget of time: it took longer than ${wallTimeMs} ms`,
      advice: 'Raise "wall_time" of the budget, or find out what is slow.',
    };
  }
  if (timeoutMs === null) return null;
  return {
    ms: timeoutMs,
    cap: "timeout",
    message: `The run took longer than the pipeline's limit of ${timeoutMs} ms`,
    advice: 'Raise its "timeout", or find out what is slow.',
  };
}

/** Where the run was. */
function atStages({ frames }: Session): string {
  const working = [...frames.values()]
    .flatMap(({ live }) => live)
    .filter((stage): stage is Live => stage !== undefined && !stage.ended);
  if (working.length === 0) return "";
  const names = working.slice(0, MOST_NAMED).map(({ address }) => `"${addressKey(address)}"`);
  const more = working.length > MOST_NAMED ? ` and ${working.length - MOST_NAMED} more` : "";
  return `, and was at ${names.join(", ")}${more}`;
}
