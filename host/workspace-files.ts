import { readdir, readFile, realpath } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import type { FilePort } from "#core/ports";

/** Folders that hold no files of the user's making. */
const skipped = new Set(["node_modules", ".git", ".flowmason"]);

/**
 * Files under a root. A path that leads outside, by `..`, by an absolute path or by a symbolic link, names nothing.
 */
export function workspaceFiles(root: string): FilePort {
  return {
    async read(path) {
      const file = await resolveInside(root, path);
      return file === undefined ? undefined : await readFile(file, "utf8");
    },
    list: async ({ suffix }) => (await filesIn(root, "")).filter((path) => path.endsWith(suffix)).toSorted(),
  };
}

/** Paths of the files in a folder, relative to the root. Symbolic links are not followed: they may lead in circles. */
async function filesIn(root: string, folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory() && !skipped.has(entry.name)) paths.push(...(await filesIn(root, path)));
  }
  return paths;
}

async function resolveInside(root: string, path: string): Promise<string | undefined> {
  if (path.includes("\\") || path.includes("\0")) return undefined;
  try {
    const realRoot = await realpath(root);
    const file = await realpath(join(realRoot, path));
    const within = relative(realRoot, file);
    return within === "" || within === ".." || within.startsWith(`..${sep}`) ? undefined : file;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw error;
  }
}
