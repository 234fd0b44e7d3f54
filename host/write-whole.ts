import { randomUUID } from "node:crypto";
import { constants, copyFile, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { orMissing } from "./inside.ts";

/**
 * Writes a file as a new one that takes the old one's place when it is whole: no reader ever sees a part of it, and a
 * power cut leaves one of the two. The old one's mode stays. `target` is a real path, of no symbolic link. Rejects with
 * the system's errors, and leaves nothing behind then.
 */
export async function writeWhole(target: string, text: string, mode: "replace" | "append"): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    const before = await orMissing(stat(target));
    if (before !== undefined && mode === "append")
      await copyFile(target, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const file = await open(temporary, mode === "append" ? "a" : "wx", before?.mode);
    try {
      // The process's mask takes rights away from what `open` is asked for.
      if (before !== undefined) await file.chmod(before.mode);
      await file.appendFile(text);
      // Otherwise a power cut could leave the new name with no content.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await orMissing(unlink(temporary));
    throw error;
  }
}
