import type { ForkOrigin, RecordedRun } from "#core/journal";
import { addressKey } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import { changesBetween } from "../resume/changes.ts";
import { forkRun } from "../resume/fork.ts";
import type { Continuation } from "../resume/go-on.ts";
import { editOutput } from "./apply-edits.ts";
import { refuseIdle } from "./idle-edit.ts";
import type { RunEdit } from "./read-edit.ts";

/** How a record goes on by another plan, and with edits of outputs; `before` is what had run. Throws {@link EditFault}. */
export function forkWith(
  { before, after }: { readonly before: RunPlan; readonly after: RunPlan },
  recorded: RecordedRun,
  origin: ForkOrigin,
  edits: readonly RunEdit[],
): Continuation {
  const continuation = forkRun(after, recorded, origin, {
    changeOf: changesBetween(before, after),
    outputOf: ({ address, end }) => {
      const output = end?.kind === "stage-succeeded" ? recorded.value(end.output) : undefined;
      return output === undefined ? undefined : editOutput(addressKey(address), output, edits);
    },
  });
  refuseIdle(edits, continuation);
  return continuation;
}
