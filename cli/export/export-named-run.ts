import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { exportRun } from "#host";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reasonOf } from "../read-file.ts";
import { idOfRun, usable, workspaceRuns } from "../runs/workspace-runs.ts";
import type { Terminal } from "../terminal.ts";
import { tracesOf } from "./traces-of.ts";

/** Does what `fm export` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function exportNamedRun(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [name, ...more] = line.operands;
  if (name === undefined || more.length > 0)
    throw new UsageError("Name one run: its id, an end of it, or latest.");
  const format = line.text("format") ?? "fmrun";
  if (format !== "fmrun" && format !== "otlp")
    throw new UsageError(`There is no format ${JSON.stringify(format)}: fmrun or otlp.`);
  const runs = await workspaceRuns(line, terminal);
  const runId = await idOfRun(runs, name);
  const file = line.text("output") ?? `${runId}.${format === "otlp" ? "otlp.json" : format}`;
  const { cwd, out, err } = terminal;
  if (format === "otlp") {
    const text = await tracesOf(runs, runId, terminal);
    if (file === "-") out.write(text);
    else await usable(toFile(writeFile(resolve(cwd, file), text, { flag: "wx", mode: 0o600 }), file));
    if (file !== "-") err.write(`${err.style("green", "wrote")} ${file}\n`);
    return exitCode.done;
  }
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
