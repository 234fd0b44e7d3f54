import { resolve } from "node:path";
import { importRun, RunStoreError } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reasonOf } from "../read-file.ts";
import { workspaceRuns } from "../runs/workspace-runs.ts";
import { printable, type Terminal } from "../terminal.ts";
import { type ImportedTraces, importTraces, isTraceFile } from "./import-traces.ts";

/** Does what `fm import` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function importFile(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [file, ...more] = line.operands;
  if (file === undefined || more.length > 0) throw new UsageError("Name one file.");
  const { workspace } = await workspaceRuns(line, terminal);
  const { cwd, out, err } = terminal;
  try {
    const path = resolve(cwd, file);
    if (await isTraceFile(path)) return tell(await importTraces(workspace.root, path), line, terminal);
    const run = await importRun(workspace.root, path);
    out.write(line.has("json") ? `${JSON.stringify({ run }, null, 2)}\n` : `${run}\n`);
    if (!line.has("json")) err.write(`fm show ${run} shows it.\n`);
    return exitCode.done;
  } catch (error) {
    if (error instanceof RunStoreError)
      throw new UnusableInput(`${file} cannot be taken in. ${printable(error.message)}`);
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UnusableInput(`${file} cannot be taken in: ${reasonOf(error)}.`);
  }
}

function tell({ runs, notes }: ImportedTraces, line: CommandLine, { out, err }: Terminal): ExitCode {
  for (const note of notes) err.write(`${err.style("yellow", "note")} ${printable(note)}\n`);
  if (line.has("json")) out.write(`${JSON.stringify({ run: runs[0], runs, notes }, null, 2)}\n`);
  else out.write(`${runs.join("\n")}\n`);
  return exitCode.done;
}
