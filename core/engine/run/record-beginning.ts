import type { JournalEvent } from "#core/journal";
import type { RunPlan } from "../plan/run-plan.ts";
import type { StartFrom } from "../resume/start-from.ts";
import type { Recorder } from "./recorder.ts";

/** Records that a run has begun, and with what: enough to plan it again. */
export function recordBeginning(recorder: Recorder, plan: RunPlan, runId: string): JournalEvent {
  const { name, path, hash } = plan.pipeline;
  return recorder.record({
    kind: "run-started",
    format: 1,
    runId,
    pipeline: { name, path, hash },
    input: recorder.put(plan.input),
    sources: recorder.putEncoded(plan.sources),
    provider: plan.provider,
    ...(plan.secretSources.size > 0 && plan.secretMark !== null ? { secretMark: plan.secretMark } : {}),
  });
}

/** Records how a forked run began, with all that it takes over: its journal can be read without the other. */
export function recordFork(recorder: Recorder, plan: RunPlan, runId: string, from: StartFrom): void {
  recordBeginning(recorder, plan, runId);
  for (const event of from.events) if (event.kind !== "run-started") recorder.copy(event, from.value);
}
