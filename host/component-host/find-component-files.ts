import { type Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { hasCode } from "../has-code.ts";
import type { Manifest } from "../workspace.ts";
import { isSkipped } from "../workspace-files.ts";
import { matchesGlob } from "./matches-glob.ts";

/** Where components are, unless the manifest's `components` says otherwise. */
const standard = "components/**/*.{ts,js,mjs,mts}";

/** Files that modules of components are, relative to the root with `/`, in order of their paths. */
export async function findComponentFiles(root: string, manifest: Manifest): Promise<readonly string[]> {
  const { include, exclude } = componentGlobs(manifest);
  const found = new Set<string>();
  for (const folder of componentFolders(manifest)) {
    for (const path of await filesIn(root, folder)) {
      if (isComponentPath(path, { include, exclude })) found.add(path);
    }
  }
  return [...found].sort();
}

/** The folders that modules of components can be in, relative to the root; an empty path is the root itself. */
export function componentFolders(manifest: Manifest): readonly string[] {
  return [...new Set(componentGlobs(manifest).include.map(folderOf))];
}

/** Which paths are modules of components. */
export interface ComponentGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The globs of a manifest. Those of FlowMason's own name Python files, which are none of ours. */
function componentGlobs({ components }: Manifest): ComponentGlobs {
  const include = (components?.include ?? []).filter((glob) => !glob.endsWith(".py"));
  return { include: include.length === 0 ? [standard] : include, exclude: components?.exclude ?? [] };
}

/** Whether a path, relative to the root with `/`, is a module of components. */
export function isComponentPath(path: string, { include, exclude }: ComponentGlobs): boolean {
  const name = posix.basename(path);
  if (!/\.(m?ts|m?js)$/.test(name) || name.startsWith("_") || /\.test\.\w+$|\.d\.m?ts$/.test(name))
    return false;
  const matches = (globs: readonly string[]): boolean => globs.some((glob) => matchesGlob(path, glob));
  return matches(include) && !matches(exclude);
}

/** The part of a glob before its first wildcard, as a folder. */
export function folderOf(glob: string): string {
  const steps = glob.split("/");
  const wild = steps.findIndex((step) => /[*?{[]/.test(step));
  return steps.slice(0, wild < 0 ? -1 : wild).join("/");
}

/** Symbolic links are not followed: they may lead outside, or in circles. */
async function filesIn(root: string, folder: string): Promise<readonly string[]> {
  if (folder.startsWith("/") || folder.split("/").includes("..")) return [];
  let entries: readonly Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP")) return [];
    throw error;
  }
  const paths: string[] = [];
  for (const entry of entries) {
    const path = posix.join(folder, entry.name);
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory() && !isSkipped(path)) paths.push(...(await filesIn(root, path)));
  }
  return paths;
}
