import { join } from "node:path";
import type { RecordedRun } from "#core/journal";
import { type InspectedRun, inspectRun, readRunFile, runFolder } from "#host";
import { UnusableInput } from "../command.ts";
import { printable, type Terminal } from "../terminal.ts";
import { idOfRun, usable, type WorkspaceRuns } from "./workspace-runs.ts";

/** A recorded run, read. */
export interface OpenRun {
  readonly inspected: InspectedRun;
  readonly recorded: RecordedRun;
}

/** Reads the run that a name leads to, and says what of its record is damaged. Throws {@link UnusableInput}. */
export async function readNamedRun(runs: WorkspaceRuns, name: string, { err }: Terminal): Promise<OpenRun> {
  const runId = await idOfRun(runs, name);
  const [inspected, folder] = await usable(
    Promise.all([inspectRun(runs.store, runId), runFolder(runs.store, runId)]),
  );
  if (inspected === undefined || folder === undefined)
    throw new UnusableInput(`The run ${runId} was just removed.`);
  const { recorded } = await usable(readRunFile(join(folder, "journal.ndjson")));
  const problem = recorded.problems.at(-1);
  if (problem !== undefined && recorded.format === "other")
    throw new UnusableInput(`The record of run ${runId} cannot be read. ${problem.message}`);
  for (const { line1, message } of recorded.problems)
    err.write(`${err.style("yellow", "damaged")} ${runId}, line ${line1}: ${printable(message)}\n`);
  return { inspected, recorded };
}
