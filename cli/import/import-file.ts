import { resolve } from "node:path";
import { type ImportedFile, importRunFile, RunStoreError } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reasonOf } from "../read-file.ts";
import { workspaceRuns } from "../runs/workspace-runs.ts";
import { printable, type Terminal } from "../terminal.ts";

/** Does what `fm import` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function importFile(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [file, ...more] = line.operands;
  if (file === undefined || more.length > 0) throw new UsageError("Name one file.");
  const { workspace } = await workspaceRuns(line, terminal);
  const { cwd } = terminal;
  try {
    return tell(await importRunFile(workspace.root, resolve(cwd, file)), line, terminal);
  } catch (error) {
    if (error instanceof RunStoreError)
      throw new UnusableInput(`${file} cannot be taken in. ${printable(error.message)}`);
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UnusableInput(`${file} cannot be taken in: ${reasonOf(error)}.`);
  }
}

function tell(imported: ImportedFile, line: CommandLine, { out, err }: Terminal): ExitCode {
  const { kind, runs, notes } = imported;
  const [run = ""] = runs;
  for (const note of notes) err.write(`${err.style("yellow", "note")} ${printable(note)}\n`);
  if (line.has("json")) {
    out.write(`${JSON.stringify(kind === "run" ? { run } : { run, runs, notes }, null, 2)}\n`);
    return exitCode.done;
  }
  out.write(`${runs.join("\n")}\n`);
  if (kind === "run") err.write(`fm show ${run} shows it.\n`);
  return exitCode.done;
}
