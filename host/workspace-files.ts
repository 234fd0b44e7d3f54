import type { Dirent } from "node:fs";
import { readdir, readFile, realpath } from "node:fs/promises";
import { join, posix } from "node:path";
import type { FilePort } from "#core/ports";
import { hasCode } from "./has-code.ts";
import { isInside, orMissing } from "./inside.ts";
import type { CodeFolders } from "./unwritable.ts";
import { fileWriter } from "./write-file.ts";

/** Folders that hold no files of the user's making. */
const skipped = new Set(["node_modules", ".git", ".flowmason"]);

/** Whether a path leads into a folder that no listing of a workspace goes into. */
export function isSkipped(path: string): boolean {
  return path.split("/").some((name) => skipped.has(name));
}

/**
 * Files under a root. A path that leads outside, by `..`, by an absolute path or by a symbolic link, names nothing.
 * Nothing is written in the folders of `code`, nor to what runs or holds settings elsewhere.
 */
export function workspaceFiles(root: string, code: CodeFolders = []): FilePort {
  return {
    async read(path) {
      const file = await resolveInside(root, path);
      return file === undefined ? undefined : await readText(file);
    },
    list: async ({ suffix }) => (await filesIn(root, "")).filter((path) => path.endsWith(suffix)).toSorted(),
    write: fileWriter(root, code),
  };
}

/** Paths of the files in a folder, relative to the root. Symbolic links are not followed: they may lead in circles. */
export async function filesIn(root: string, folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await entriesOf(root, folder)) {
    const path = posix.join(folder, entry.name);
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory() && !skipped.has(entry.name)) paths.push(...(await filesIn(root, path)));
  }
  return paths;
}

/** What a folder holds; nothing where one below the root may not be read, or is gone by now. */
async function entriesOf(root: string, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder !== "" && hasCode(error, "EACCES", "EPERM", "ENOENT")) return [];
    throw error;
  }
}

/** Undefined for a folder, which is no file however it is called. */
async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "EISDIR")) return undefined;
    throw error;
  }
}

async function resolveInside(root: string, path: string): Promise<string | undefined> {
  if (path.includes("\\") || path.includes("\0")) return undefined;
  const realRoot = await orMissing(realpath(root));
  if (realRoot === undefined) return undefined;
  const file = await orMissing(realpath(join(realRoot, path)));
  return file === undefined || !isInside(realRoot, file) ? undefined : file;
}
