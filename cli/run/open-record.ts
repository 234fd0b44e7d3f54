import { resolve } from "node:path";
import { RecordFault } from "#core/engine";
import {
  JournalFileError,
  type RunRecording,
  RunStoreError,
  recordRun,
  retentionOf,
  type Workspace,
} from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { tellingOf } from "./telling.ts";

/** Begins the record of a run as the command line wants it, and says under which id. Throws {@link UnusableInput}. */
export async function openRecord(
  { root, manifest }: Workspace,
  line: CommandLine,
  terminal: Terminal,
): Promise<RunRecording> {
  const path = line.text("journal");
  const keep = line.has("no-record") ? "nowhere" : "in-workspace";
  const { cwd, err } = terminal;
  try {
    const copy = path === undefined ? null : resolve(cwd, path);
    const record = await recordRun({
      workspaceRoot: root,
      program: "fm run",
      keep,
      copy,
      retention: retentionOf(manifest.runs),
    });
    if (keep === "in-workspace" && tellingOf(line) !== "quiet")
      err.write(`${err.style("gray", `run ${record.runId}`)}\n`);
    return record;
  } catch (error) {
    const unusable = asUnusable(error, line, terminal);
    if (!(error instanceof RunStoreError && unusable instanceof UnusableInput)) throw unusable;
    throw new UnusableInput(
      `${unusable.message}\nWith --no-record the run leaves no record in the workspace.`,
    );
  }
}

/** Why a record cannot be written, or gone on from, as it is said to the user; any other error as it is. */
export function asUnusable(error: unknown, line: CommandLine, { cwd }: Terminal): unknown {
  const copy = line.text("journal");
  if (error instanceof JournalFileError) {
    const path = copy !== undefined && resolve(cwd, copy) === error.path ? copy : error.path;
    return new UnusableInput(`The journal ${path} cannot be written: ${reasonOf(error.cause)}.`);
  }
  if (error instanceof RecordFault) return new UnusableInput(error.message);
  if (!(error instanceof RunStoreError)) return error;
  return new UnusableInput(error.message);
}
