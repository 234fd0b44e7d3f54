import { resolve } from "node:path";
import { exportRun } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reasonOf } from "../read-file.ts";
import { idOfRun, usable, workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";

/** Does what `fm export` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function exportNamedRun(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [name, ...more] = line.operands;
  if (name === undefined || more.length > 0)
    throw new UsageError("Name one run: its id, an end of it, or latest.");
  const runs = await workspaceRuns(line, terminal);
  const runId = await idOfRun(runs, name);
  const file = line.text("output") ?? `${runId}.fmrun`;
  const { cwd, out, err } = terminal;
  if (file === "-") {
    await usable(exportRun(runs.store, runId, { kind: "stream", stream: out.stream }));
    return exitCode.done;
  }
  await usable(toFile(exportRun(runs.store, runId, { kind: "file", path: resolve(cwd, file) }), file));
  err.write(`${err.style("green", "wrote")} ${file}\n`);
  return exitCode.done;
}

async function toFile(exporting: Promise<void>, file: string): Promise<void> {
  try {
    await exporting;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EEXIST")
      throw new UnusableInput(`${file} is there already, and is left as it is. Name another file with -o.`);
    throw new UnusableInput(`${file} cannot be written: ${reasonOf(error)}.`);
  }
}
