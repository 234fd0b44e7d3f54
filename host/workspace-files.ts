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
    async list({ suffix }) {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
        .filter((path) => !path.split("/").some((part) => skipped.has(part)))
        .sort();
    },
  };
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
