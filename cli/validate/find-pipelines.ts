import { stat } from "node:fs/promises";
import { posix, resolve, sep } from "node:path";
import { workspaceFiles } from "#host";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/** A file to check, or a path at which there is none; as it was written, with `/`. */
export type FoundPath =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "nothing"; readonly path: string; readonly reason: string };

/** The pipelines that paths of the command line mean, in order, each once. */
export async function findPipelines(
  paths: readonly string[],
  terminal: Terminal,
): Promise<readonly FoundPath[]> {
  const found = new Map<string, FoundPath>();
  for (const path of paths) {
    for (const each of await pipelinesAt(path, terminal)) found.set(each.path, each);
  }
  return [...found.values()];
}

async function pipelinesAt(written: string, { cwd }: Terminal): Promise<readonly FoundPath[]> {
  const path = written.split(sep).join(posix.sep);
  const absolute = resolve(cwd, written);
  try {
    if (!(await stat(absolute)).isDirectory()) return [{ kind: "file", path }];
    const inside = await workspaceFiles(absolute).list({ suffix: ".pipeline.json" });
    if (inside.length === 0)
      return [{ kind: "nothing", path, reason: `${path} has no *.pipeline.json in it.` }];
    return inside.map((file) => ({ kind: "file", path: posix.join(path, file) }));
  } catch (error) {
    return [{ kind: "nothing", path, reason: `${path} cannot be read: ${reasonOf(error)}.` }];
  }
}
