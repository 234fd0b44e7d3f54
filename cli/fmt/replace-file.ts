import { randomUUID } from "node:crypto";
import { access, constants, open, readFile, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/** The text of a file, byte order mark included. Throws {@link UnusableInput} where writing it back would change bytes. */
export async function readWhole(path: string, { cwd }: Terminal): Promise<string> {
  try {
    const bytes = await readFile(resolve(cwd, path));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError)
      throw new UnusableInput(`${path} is not UTF-8 text, and is left as it is.`);
    throw new UnusableInput(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/**
 * Puts a new text in the place of a file in one step, so that no reader ever sees a part of it and a power cut leaves
 * one of the two. Its mode stays; where it is a symbolic link, what it leads to is replaced.
 */
export async function replaceFile(path: string, text: string, { cwd }: Terminal): Promise<void> {
  try {
    const target = await realpath(resolve(cwd, path));
    // Renaming asks nobody whether the file may be written.
    await access(target, constants.W_OK);
    const { mode } = await stat(target);
    await writeBeside(target, text, mode);
  } catch (error) {
    throw new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}

async function writeBeside(target: string, text: string, mode: number): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
  const file = await open(temporary, "wx", mode);
  try {
    try {
      // The process's mask takes rights away from what `open` is asked for.
      await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
