import type { ForkOrigin, RecordedRun } from "#core/journal";
import { addressKey } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import { changesBetween } from "../resume/changes.ts";
import { forkRun } from "../resume/fork.ts";
import type { Continuation } from "../resume/go-on.ts";
import { editOutput } from "./apply-edits.ts";
import { EditFault } from "./edit-fault.ts";
import { refuseIdle } from "./idle-edit.ts";
import { type RunEdit, stagesIn } from "./read-edit.ts";

/**
 * How a record goes on by another plan, and with edits of outputs; `before` is what had run. Stages of `again`, as addresses
 * name them, run again in any case. Throws {@link EditFault}, also for one of these that the record does not have.
 */
export function forkWith(
  { before, after }: { readonly before: RunPlan; readonly after: RunPlan },
  recorded: RecordedRun,
  origin: ForkOrigin,
  edits: readonly RunEdit[],
  again: ReadonlySet<string> = new Set(),
): Continuation {
  const known = stagesIn(recorded.events);
  for (const stage of again)
    if (!known.has(stage)) throw new EditFault("path", stage, "the run has not come to such a stage.");
  const continuation = forkRun(after, recorded, origin, {
    changeOf: changesBetween(before, after),
    isAsked: ({ address }) => again.has(addressKey(address)),
    outputOf: ({ address, end }) => {
      const output = end?.kind === "stage-succeeded" ? recorded.value(end.output) : undefined;
      return output === undefined ? undefined : editOutput(addressKey(address), output, edits);
    },
  });
  refuseIdle(edits, continuation);
  return continuation;
}
