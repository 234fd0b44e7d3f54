import {
  encodeJson,
  foldRun,
  type JournalEvent,
  type RecordedRun,
  refsOf,
  summarizeRun,
  type ValueRef,
} from "#core/journal";
import type { Json } from "#core/ports";
import { RunStoreError } from "./run-store-error.ts";
import { summarySchema } from "./summary-schema.ts";

/**
 * Checks a record that comes from elsewhere, and gives the id of its run. Throws {@link RunStoreError} for a damaged
 * line, a value that is missing or wrong, events that make no run, and paths that lead out of a workspace.
 */
export function checkRecord({ format, events, problems, torn, value }: RecordedRun): string {
  const [problem] = problems;
  if (format === "other") throw new RunStoreError(problems.at(-1)?.message ?? "");
  if (problem !== undefined) throw new RunStoreError(`Line ${problem.line1} is damaged: ${problem.message}`);
  if (torn) throw new RunStoreError("It is cut off in the middle of its last line. Export the run again.");
  const [first] = events;
  if (first?.kind !== "run-started") throw new RunStoreError("It does not begin with the start of a run.");
  try {
    for (const event of events) {
      for (const ref of refsOf(event)) checkValue(event, ref, value(ref));
      checkPath(event);
    }
    summarySchema.parse(summarizeRun(foldRun(events)));
  } catch (error) {
    if (error instanceof RunStoreError) throw error;
    // Whatever an event lacks, reading it fails here, and nowhere later.
    throw new RunStoreError("Its events are not those of a run: it was damaged or edited.");
  }
  return first.runId;
}

/** Lines are checked when they are read; what is put together of several has its hash only then. */
function checkValue({ seq }: JournalEvent, { ref }: ValueRef, value: Json | undefined): void {
  if (value === undefined)
    throw new RunStoreError(`Event ${seq} refers to a value that is not there: ${ref}.`);
  if (encodeJson(value).hash !== ref)
    throw new RunStoreError(`The value of event ${seq} does not match its reference ${ref}.`);
}

function checkPath(event: JournalEvent): void {
  if (event.kind !== "run-started" && event.kind !== "call-started" && event.kind !== "call-finished") return;
  const { path } = event.pipeline;
  if (path === null) return;
  if (/^(?:[a-z]:|[/\\])|\\|\0/i.test(path) || path.split("/").includes(".."))
    throw new RunStoreError(
      `Event ${event.seq} names a pipeline outside the workspace: ${JSON.stringify(path)}.`,
    );
}
