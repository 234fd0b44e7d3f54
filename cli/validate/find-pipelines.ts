import { stat } from "node:fs/promises";
import { posix, resolve, sep } from "node:path";
import { workspaceFiles } from "#host";
import { UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/** The pipelines that paths of the command line mean, in order, each once, with `/` as separator. */
export async function findPipelines(
  paths: readonly string[],
  terminal: Terminal,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const written = path.split(sep).join(posix.sep);
    if (!(await isFolder(path, terminal))) {
      found.add(written);
      continue;
    }
    const inside = await workspaceFiles(resolve(terminal.cwd, path)).list({ suffix: ".pipeline.json" });
    if (inside.length === 0) throw new UnusableInput(`${path} has no *.pipeline.json in it.`);
    for (const file of inside) found.add(posix.join(written, file));
  }
  return [...found];
}

async function isFolder(path: string, { cwd }: Terminal): Promise<boolean> {
  try {
    return (await stat(resolve(cwd, path))).isDirectory();
  } catch (error) {
    throw new UnusableInput(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}
