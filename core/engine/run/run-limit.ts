import type { RunFailure } from "#core/journal";
import { addressKey } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import type { StartFrom } from "../resume/start-from.ts";
import { workedMs } from "../resume/worked-ms.ts";
import type { Live } from "./live.ts";
import { wentOver } from "./overspend.ts";
import type { Session } from "./session.ts";

/** Milliseconds after which a run that stands at a gate is looked at again, at the earliest. */
const LIMIT_STEP_MS = 50;

/** Stages that a message names at most. */
const MOST_NAMED = 3;

/**
 * Why the run is to stop, once its time is up; null when it has no limit, or `over` aborts before. The budget of time
 * counts what the run had taken before it went on; a pipeline's `timeout`, which is against what hangs, begins anew.
 */
export async function runOutOfTime(
  plan: RunPlan,
  session: Session,
  from: StartFrom | null,
  over: AbortSignal,
): Promise<RunFailure | null> {
  const limit = limitOf(plan, from);
  if (limit === null) return null;
  const { clock } = session.options;
  const start = clock.monotonic();
  // What was spent at gates does not count.
  const left = (): number => limit.leftMs - (clock.monotonic() - start - session.heldMs());
  await clock.sleep(limit.leftMs, over);
  while (!over.aborted && left() > 0) await clock.sleep(Math.max(left(), LIMIT_STEP_MS), over);
  if (over.aborted) return null;
  return tooLong(limit, atStages(session));
}

/** Why a run that goes on is to stop at once: its budget of time was used up before. Null where it was not. */
export function timeSpent({ budget: { wallTimeMs } }: RunPlan, from: StartFrom): RunFailure | null {
  if (wallTimeMs === null) return null;
  const spentMs = workedMs(from.own);
  if (spentMs < wallTimeMs) return null;
  return tooLong(budgetOfTime(wallTimeMs, spentMs), "");
}

function tooLong({ cap, ms, message, advice }: Limit, where: string): RunFailure {
  return {
    type: "TIMEOUT",
    message: `${message}${where}. ${advice}`,
    recoverable: true,
    stage: null,
    details: { cap, limit: ms },
  };
}

interface Limit {
  readonly ms: number;
  /** Of them, those that are not over yet as the run begins or goes on. */
  readonly leftMs: number;
  readonly cap: "wall_time" | "timeout";
  readonly message: string;
  readonly advice: string;
}

function limitOf({ timeoutMs, budget: { wallTimeMs } }: RunPlan, from: StartFrom | null): Limit | null {
  if (wallTimeMs !== null) {
    const limit = budgetOfTime(wallTimeMs, from === null ? 0 : workedMs(from.own));
    if (timeoutMs === null || limit.leftMs <= timeoutMs) return limit;
  }
  if (timeoutMs === null) return null;
  return {
    ms: timeoutMs,
    leftMs: timeoutMs,
    cap: "timeout",
    message: `The run took longer than the pipeline's limit of ${timeoutMs} ms`,
    advice: 'Raise its "timeout", or find out what is slow.',
  };
}

function budgetOfTime(ms: number, spentMs: number): Limit {
  const before = spentMs === 0 ? "" : `, ${spentMs} ms of that before it went on`;
  return {
    ms,
    leftMs: Math.max(0, ms - spentMs),
    cap: "wall_time",
    message: `${wentOver({ kind: "run" })} of time: it took longer than ${ms} ms${before}`,
    advice: 'Raise "wall_time" of the budget, or find out what is slow.',
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
