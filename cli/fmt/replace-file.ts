import { access, constants, readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { writeWhole } from "#host";
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
    await writeWhole(target, text, "replace");
  } catch (error) {
    throw new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}
