import type { RunPlan } from "#core/engine";
import { type RecordedRun, standingEvents } from "#core/journal";
import { UnusableInput } from "../command.ts";

/**
 * Throws {@link UnusableInput} where a pipeline that the run had called is not as it was. Those that are called by name
 * are in the record; one that an expression named is only in its file.
 */
export function refuseChangedCallees(runId: string, plan: RunPlan, { events }: RecordedRun): void {
  for (const event of standingEvents(events)) {
    if (event.kind !== "call-started") continue;
    const { path, hash, name } = event.pipeline;
    const found = path === null ? undefined : plan.callees.at(path);
    if (found?.pipeline.hash === hash) continue;
    const what = found === undefined ? "is not there any longer" : "has changed since";
    throw new UnusableInput(
      `The pipeline "${name}" (${path ?? "no file"}), which the run had called, ${what}. Put it back as it was, or go on with what there is now: fm fork ${runId}.`,
    );
  }
}
