import { resolve } from "node:path";
import { importRun, RunStoreError } from "#host";
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
  const { cwd, out, err } = terminal;
  try {
    const run = await importRun(workspace.root, resolve(cwd, file));
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
