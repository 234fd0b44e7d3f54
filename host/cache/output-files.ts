import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, readFile, realpath, rename, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isForTools } from "#core/pipeline";
import { isInside, orMissing } from "../inside.ts";
import { type CodeFolders, codeFolderOf } from "../unwritable.ts";
import { type KeptFile, mostEntryBytes } from "./cache-entry.ts";
import { isNamedBy, matchingFiles } from "./matching-files.ts";

/** The files that came with an output, or why they cannot be kept. */
export type CollectedFiles =
  | { readonly ok: true; readonly files: readonly KeptFile[] }
  | { readonly ok: false; readonly reason: string };

/** Where outputs belong: an absolute path, and what below it holds code. */
export interface OutputRoot {
  readonly root: string;
  readonly codeFolders: CodeFolders;
}

/** Reads the files that `outputs` names. One that names none is a reason not to keep anything. */
export async function collectFiles(
  { root, codeFolders }: OutputRoot,
  outputs: readonly string[],
): Promise<CollectedFiles> {
  const { paths, without } = await matchingFiles(root, outputs);
  const [missing] = without;
  if (missing !== undefined)
    return { ok: false, reason: `it wrote no file that is "${missing}" of its outputs` };
  const forTools = paths.find((path) => isForCode(path, codeFolders));
  if (forTools !== undefined)
    return {
      ok: false,
      reason: `its outputs name ${forTools}, which is not a stage's to write. Narrow them`,
    };
  const files: KeptFile[] = [];
  let bytes = 0;
  for (const path of paths) {
    const file = join(root, path);
    const { size, mode } = await stat(file);
    bytes += size;
    // As text of an entry they take up a third more.
    if (bytes * 4 > mostEntryBytes * 3) return { ok: false, reason: tooLarge };
    files.push({ path, isExecutable: (mode & 0o100) !== 0, content: await readFile(file) });
  }
  return { ok: true, files };
}

/** Why something is not kept. */
export const tooLarge = `its output is larger than the ${mostEntryBytes / 1024 ** 2} MB that an entry can have`;

/**
 * Puts kept files in their places, each as a whole; those that are the same already are left alone. Files that no stage
 * may write, or that a link would lead out of the workspace, are refused: gives why, and nothing is written then.
 */
export async function restoreFiles(
  { root, codeFolders }: OutputRoot,
  outputs: readonly string[],
  files: readonly KeptFile[],
): Promise<{ readonly refused: string } | null> {
  const realRoot = await realpath(root);
  const places: { readonly file: KeptFile; readonly target: string }[] = [];
  for (const file of files) {
    const target = join(realRoot, file.path);
    const isOurs =
      isNamedBy(outputs, file.path) && isInside(realRoot, target) && !isForCode(file.path, codeFolders);
    if (!isOurs) return { refused: `what was kept has ${file.path} in it, which is not a stage's to write` };
    if (!(await isFolderInside(realRoot, dirname(target))))
      return { refused: "a link leads out of the workspace where its outputs belong" };
    places.push({ file, target });
  }
  for (const { file, target } of places) {
    await mkdir(dirname(target), { recursive: true });
    await restore(file, target);
  }
  return null;
}

function isForCode(path: string, codeFolders: CodeFolders): boolean {
  return isForTools(path) || codeFolderOf(path, codeFolders) !== undefined;
}

async function restore({ content, isExecutable }: KeptFile, target: string): Promise<void> {
  // A link is replaced, never followed.
  const before = await orMissing(lstat(target));
  const isSame =
    before?.isFile() === true && before.size === content.length && (await readFile(target)).equals(content);
  if (!isSame) {
    const temporary = join(dirname(target), `.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, content, { flag: "wx" });
      await rename(temporary, target);
    } catch (error) {
      await orMissing(unlink(temporary));
      throw error;
    }
  }
  const { mode } = await stat(target);
  if (((mode & 0o100) !== 0) !== isExecutable)
    await chmod(target, isExecutable ? mode | 0o111 : mode & ~0o111);
}

/** Whether the nearest folder that is there lies in the root. */
async function isFolderInside(realRoot: string, folder: string): Promise<boolean> {
  for (let each = folder; ; each = dirname(each)) {
    const real = await orMissing(realpath(each));
    if (real !== undefined) return real === realRoot || isInside(realRoot, real);
    if (dirname(each) === each) return false;
  }
}
