import { lstat, mkdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, posix, relative, sep } from "node:path";
import type { Failure, FilePort, FileResult } from "#core/ports";
import { isInside, orMissing } from "./inside.ts";
import { type CodeFolders, unwritablePath, unwritableText, writeInstead } from "./unwritable.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Writes files of a workspace, each as a new file that takes the old one's place when it is whole. One after the other,
 * in the order in which they were asked for, so that nothing is lost of what several stages append at the same time.
 */
export function fileWriter(root: string, code: CodeFolders): FilePort["write"] {
  let last: Promise<unknown> = Promise.resolve();
  return (path, text, mode) => {
    const work = last.then(() => write({ root, code }, path, text, mode));
    // The next one writes however this one ends; its defect is told to whoever asked for it.
    last = work.catch(() => {});
    return work;
  };
}

/** Where files are written, and the folders there that hold code. */
interface Place {
  readonly root: string;
  readonly code: CodeFolders;
}

async function write(
  { root, code }: Place,
  path: string,
  text: string,
  mode: "replace" | "append",
): Promise<FileResult> {
  const fault = pathFault(path, code);
  if (fault !== null) return refused(fault);
  try {
    const target = await targetOf(root, path);
    if (typeof target !== "string") return target;
    // A link within the workspace leads there under another name.
    const real = relative(await realpath(root), target)
      .split(sep)
      .join("/");
    const reason = unwritablePath(real, code) ?? (await contentFault(real, target, text, mode));
    if (reason !== null) return refused(ofTools(path, reason));
    await writeWhole(target, text, mode);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const message = `The file ${path} cannot be written: ${error.message}.`;
    return { ok: false, failure: { type: "EXECUTION", message, recoverable: false } };
  }
}

/** Why what is there must stay, or what would be there must not be. */
async function contentFault(
  real: string,
  target: string,
  text: string,
  mode: "replace" | "append",
): Promise<string | null> {
  const before = real.toLowerCase().endsWith(".json") ? await orMissing(readFile(target, "utf8")) : undefined;
  const after = mode === "append" ? `${before ?? ""}${text}` : text;
  return (before === undefined ? null : unwritableText(real, before)) ?? unwritableText(real, after);
}

function pathFault(path: string, code: CodeFolders): string | null {
  const normal = posix.normalize(path);
  if (path === "" || normal === "." || path.endsWith("/")) return `"${path}" names no file.`;
  if (path.includes("\0")) return "A file's name cannot hold the character NUL.";
  if (path.includes("\\")) return `"${path}" has a backslash in it. Write the path with /.`;
  if (normal.startsWith("/") || /^[a-z]:/i.test(normal) || normal === ".." || normal.startsWith("../")) {
    return `"${path}" leads out of the workspace, where a pipeline can write nothing. Give a path relative to the folder of flowmason.json.`;
  }
  const reason = unwritablePath(normal, code);
  return reason === null ? null : ofTools(path, reason);
}

function ofTools(path: string, reason: string): string {
  return `"${path}" is not a pipeline's to write: ${reason}. ${writeInstead}`;
}

/** The real file that the path means; refused when a symbolic link leads outside. */
async function targetOf(root: string, path: string): Promise<string | FileResult> {
  const realRoot = await realpath(root);
  const named = join(realRoot, path);
  const existing = await orMissing(realpath(named));
  if (existing !== undefined) {
    if (!isInside(realRoot, existing)) return leadsOutside(path);
    return (await stat(existing)).isFile() ? existing : refused(`"${path}" is there already and is no file.`);
  }
  // A link to nothing: what it would make lies anywhere.
  if ((await orMissing(lstat(named))) !== undefined) return leadsOutside(path);
  const folder = dirname(named);
  if (!isWithin(realRoot, await nearestFolder(folder))) return leadsOutside(path);
  await mkdir(folder, { recursive: true });
  const realFolder = await realpath(folder);
  return isWithin(realRoot, realFolder) ? join(realFolder, basename(named)) : leadsOutside(path);
}

function isWithin(realRoot: string, folder: string): boolean {
  return folder === realRoot || isInside(realRoot, folder);
}

async function nearestFolder(folder: string): Promise<string> {
  return (await orMissing(realpath(folder))) ?? nearestFolder(dirname(folder));
}

function leadsOutside(path: string): FileResult {
  return refused(`"${path}" leads out of the workspace by a symbolic link, and was not written.`);
}

function refused(message: string): FileResult {
  const failure: Failure = { type: "SECURITY", message, recoverable: false, field: "path" };
  return { ok: false, failure };
}
