import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Command, type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { scaffold } from "./scaffold.ts";

/** `fm init`: a project that runs at once. */
export const initCommand: Command = {
  name: "init",
  summary: "Start a project, with a pipeline that runs at once",
  usage: "[FOLDER]",
  options: {},
  details: `Writes flowmason.json, a pipeline, a component and .gitignore into the folder, the current one unless named.
What is there already stays as it is. The types that an editor needs for components go to .flowmason/types, which is not
kept in git: run it again after a clone, or for those of a newer version.

  fm init my-project`,
  run: init,
};

async function init(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  if (line.operands.length > 1) throw new UsageError("Name one folder at most.");
  const folder = resolve(terminal.cwd, line.operands[0] ?? ".");
  for (const [path, text] of scaffold(basename(folder))) {
    const isNew = await writeNew(join(folder, path), text);
    terminal.err.write(
      isNew
        ? `${terminal.err.style("green", "created")} ${path}\n`
        : `kept    ${path}, which was there already\n`,
    );
  }
  // Loaded only for those who begin a project.
  const { componentTypes } = await import("#host");
  for (const [path, text] of await componentTypes()) await write(join(folder, typesFolder, path), text, "w");
  terminal.err.write(`${terminal.err.style("green", "wrote")}   ${typesFolder}/\n`);
  const way = relative(terminal.cwd, folder);
  terminal.err.write(
    `\nTry it:\n${way === "" ? "" : `  cd ${way}\n`}  fm run pipelines/main.pipeline.json --sample\n`,
  );
  return exitCode.done;
}

const typesFolder = ".flowmason/types";

/** Whether the file was written: one that exists never is. */
async function writeNew(path: string, text: string): Promise<boolean> {
  return await write(path, text, "wx");
}

async function write(path: string, text: string, flag: "w" | "wx"): Promise<boolean> {
  const unusable = (error: unknown): UnusableInput =>
    new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    throw unusable(error);
  }
  try {
    await writeFile(path, text, { flag });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw unusable(error);
  }
}
