import { realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { RunState } from "#core/journal";
import type { Redactor } from "#core/secrets";
import { metricsText } from "#core/telemetry";
import { writeWhole } from "#host";
import { type CommandLine, UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import { printable, type Terminal } from "../terminal.ts";

/** The file that `--metrics` names; null without it. Throws {@link UnusableInput} where there can be no such file. */
export async function metricsFile(line: CommandLine, { cwd }: Terminal): Promise<string | null> {
  const name = line.text("metrics");
  if (name === undefined) return null;
  const path = resolve(cwd, name);
  const isFolder = async (folder: string): Promise<boolean> => {
    try {
      return (await stat(folder)).isDirectory();
    } catch (error) {
      if (error instanceof Error && "code" in error) return false;
      throw error;
    }
  };
  if (!(await isFolder(dirname(path))))
    throw new UnusableInput(`--metrics ${name}: there is no folder ${dirname(path)}. Make it first.`);
  if (await isFolder(path)) throw new UnusableInput(`--metrics ${name} is a folder. Name a file in it.`);
  return path;
}

/** Puts the metrics of a run in the file's place, whole. What stands in the way is said: the run is over all the same. */
export async function writeMetrics(
  path: string,
  state: RunState,
  redactor: Redactor,
  { err }: Terminal,
): Promise<void> {
  try {
    await writeWhole(await targetOf(path), metricsText(state, redactor.text), "replace");
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const message = `The metrics could not be written to ${printable(path)}: ${reasonOf(error)}.`;
    err.write(`${err.style("yellow", "warning")} ${message} The run is as it was.\n`);
  }
}

/** Where a link leads: it is to stay one. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return path;
    throw error;
  }
}
