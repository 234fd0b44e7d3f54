import type { JournalEvent, RecordedRun } from "#core/journal";
import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";
import { UnusableInput } from "../command.ts";

/** What a record says of how its run began. */
export interface RecordedStart {
  readonly event: Extract<JournalEvent, { kind: "run-started" }>;
  readonly input: Json;
  /** The texts of its pipelines, by path; the run's own by "" where it has none. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads the beginning of a record that is whole. Throws {@link UnusableInput} for one that a run cannot go on from. */
export function recordedStart(runId: string, recorded: RecordedRun): RecordedStart {
  const [event] = recorded.events;
  const [problem] = recorded.problems;
  if (recorded.format === "other")
    throw new UnusableInput(
      `The record of run ${runId} cannot be read. ${recorded.problems.at(-1)?.message ?? ""}`,
    );
  // What was killed before it could write a whole line, or anything but the header, did nothing.
  if (recorded.format === "none" || (event === undefined && problem === undefined))
    throw new UnusableInput(`The run ${runId} had not begun when it stopped. Run the pipeline again.`);
  if (problem !== undefined || event?.kind !== "run-started") {
    const what = problem === undefined ? "it has no beginning." : `line ${problem.line1}: ${problem.message}`;
    throw new UnusableInput(
      `The record of run ${runId} is damaged: ${what} A run cannot go on from it; fm show shows what is left.`,
    );
  }
  const input = recorded.value(event.input);
  const sources = event.sources === undefined ? undefined : recorded.value(event.sources);
  if (input === undefined || !isJsonObject(sources))
    throw new UnusableInput(
      `The record of run ${runId} does not have the pipeline and the input that it ran with, so that it cannot go on.`,
    );
  const texts = Object.entries(sources).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return { event, input, texts: new Map(texts) };
}
