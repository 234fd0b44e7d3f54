import { addressKey } from "#core/ports";
import type { Continuation } from "../resume/go-on.ts";
import { EditFault } from "./edit-fault.ts";
import type { RunEdit } from "./read-edit.ts";

/** Throws {@link EditFault} for an edit that changes nothing: it was meant otherwise. */
export function refuseIdle(
  edits: readonly RunEdit[],
  { startFrom, again, ahead }: Pick<Continuation, "startFrom" | "again" | "ahead">,
): void {
  const runs = again.length > 0 || ahead.length > 0 || startFrom.resumed.reopened.length > 0;
  const succeeded = new Set(
    startFrom.events.flatMap((event) =>
      event.kind === "stage-succeeded" ? [addressKey(event.address)] : [],
    ),
  );
  for (const edit of edits) {
    if (edit.kind === "output" && !succeeded.has(edit.stage))
      throw new EditFault(
        "run",
        edit.written,
        `the stage ${edit.stage} has no output by that point of the run, or runs again for another change.`,
      );
    if (edit.kind === "stage" && !runs)
      throw new EditFault(
        "run",
        edit.written,
        `no stage would run otherwise for it, so that the fork would be the run again. What a stage gave is ${edit.stage}.output, what its component is given ${edit.stage}.config.`,
      );
  }
}
