import { lstat, mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemReason } from "#core/ports";
import { hasCode } from "../has-code.ts";
import { isInside, orMissing } from "../inside.ts";
import { RunStoreError } from "./run-store-error.ts";

/** Where the runs of a workspace are, relative to its root. */
export const runsFolder = join(".flowmason", "runs");

/**
 * The real path of the folder of a workspace's runs, which is made where it is missing, for its owner's eyes only.
 * Rejects with {@link RunStoreError} where a link leads out of the workspace, where someone else owns the folder, and
 * where the system refuses.
 */
export async function makeRunsFolder(workspaceRoot: string): Promise<string> {
  try {
    return await makeOwnFolder(workspaceRoot, "runs");
  } catch (error) {
    throw error instanceof RunStoreError ? error : unusable(workspaceRoot, error);
  }
}

/** The same where it is there; undefined where it is not. */
export function findRunsFolder(workspaceRoot: string): Promise<string | undefined> {
  return findOwnFolder(workspaceRoot, "runs");
}

/** What of a workspace is kept in `.flowmason`. */
export type OwnFolder = "runs" | "cache" | "pins";

/** The same for what else is kept in `.flowmason`. Rejects with the system's own errors too. */
export async function makeOwnFolder(workspaceRoot: string, name: OwnFolder): Promise<string> {
  const root = await realpath(workspaceRoot);
  const top = await makeFolder(root, root, ".flowmason");
  const own = await makeFolder(root, top.path, name);
  // What is in there is of this machine and of this moment: no one wants it in their repository.
  if (top.isNew || own.isNew) await writeIfMissing(join(top.path, ".gitignore"), "*\n");
  return own.path;
}

/** The same where it is there; undefined where it is not. */
export async function findOwnFolder(workspaceRoot: string, name: OwnFolder): Promise<string | undefined> {
  const root = await orMissing(realpath(workspaceRoot));
  if (root === undefined) return undefined;
  const own = await orMissing(realpath(join(root, ".flowmason", name)));
  if (own === undefined) return undefined;
  await checkFolder(root, own);
  return own;
}

async function makeFolder(
  root: string,
  parent: string,
  name: string,
): Promise<{ readonly path: string; readonly isNew: boolean }> {
  const path = join(parent, name);
  try {
    await mkdir(path, { mode: 0o700 });
    return { path, isNew: true };
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  const real = await orMissing(realpath(path));
  if (real === undefined) throw new RunStoreError(`${path} is a link to nothing. Remove it.`);
  await checkFolder(root, real);
  return { path: real, isNew: false };
}

/** Whoever owns the workspace may have made it; anyone else could read, and forge, what is written there. */
async function checkFolder(root: string, real: string): Promise<void> {
  if (!isInside(root, real))
    throw new RunStoreError(
      `.flowmason leads out of the workspace by a link, to ${real}, and is not used. Remove the link.`,
    );
  const [workspace, folder] = await Promise.all([lstat(root), stat(real)]);
  if (!folder.isDirectory()) throw new RunStoreError(`${real} is no folder. Remove it.`);
  const me = process.getuid?.();
  if (me !== undefined && folder.uid !== me && folder.uid !== workspace.uid)
    throw new RunStoreError(`${real} belongs to another user, and is not used.`);
}

async function writeIfMissing(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: "wx" });
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

function unusable(workspaceRoot: string, error: unknown): Error {
  if (!(error instanceof Error && "code" in error))
    return error instanceof Error ? error : new Error(String(error));
  return new RunStoreError(`Runs cannot be recorded in ${workspaceRoot}: ${systemReason(error)}.`);
}
