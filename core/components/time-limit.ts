import type { Clock } from "#core/ports";
import { failed, type StageOutcome } from "./implementation.ts";

/** Runs a task whose signal aborts with `signal` or after `ms`; in the second case the outcome is a TIMEOUT at once. */
export async function withTimeLimit(
  limit: { readonly ms: number; readonly clock: Clock; readonly message: string },
  task: (signal: AbortSignal) => Promise<StageOutcome>,
  signal: AbortSignal,
): Promise<StageOutcome> {
  const finished = new AbortController();
  const expired = new AbortController();
  const expiry = limit.clock.sleep(limit.ms, AbortSignal.any([signal, finished.signal])).then(() => {
    if (!signal.aborted && !finished.signal.aborted) expired.abort();
    return expired.signal.aborted;
  });
  const work = task(AbortSignal.any([signal, expired.signal]));
  const outcome = await Promise.race([
    work,
    expiry.then((isExpired) => (isExpired ? timeout(limit.message) : work)),
  ]);
  finished.abort();
  // A task that saw its signal first may have reported something else on its way out.
  return expired.signal.aborted ? timeout(limit.message) : outcome;
}

function timeout(message: string): StageOutcome {
  const { failure } = failed("TIMEOUT", message);
  return { ok: false, failure: { ...failure, recoverable: true } };
}
