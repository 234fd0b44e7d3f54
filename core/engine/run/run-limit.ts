import type { Clock } from "#core/ports";

/** Milliseconds after which a run that stands at a gate is looked at again, at the earliest. */
const LIMIT_STEP_MS = 50;

/** A run's time. `heldMs` is what of it was spent at gates so far, which does not count. */
export interface RunLimit {
  readonly ms: number;
  readonly clock: Clock;
  readonly heldMs: () => number;
}

/** Why the run is to stop, once its time is up; null when `over` aborts before. */
export async function runOutOfTime(
  { ms, clock, heldMs }: RunLimit,
  over: AbortSignal,
): Promise<string | null> {
  const start = clock.monotonic();
  const left = (): number => ms - (clock.monotonic() - start - heldMs());
  await clock.sleep(ms, over);
  while (!over.aborted && left() > 0) await clock.sleep(Math.max(left(), LIMIT_STEP_MS), over);
  if (over.aborted) return null;
  return `The run took longer than the pipeline's limit of ${ms} ms. Raise its "timeout", or find out what is slow.`;
}
