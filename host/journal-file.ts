import { lstat, mkdir, open, stat, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "./has-code.ts";
import { type LineFile, writeLines } from "./line-file.ts";

/**
 * Creates the file, with the folders it needs. One that is there is replaced if it begins as `beginning` does or is
 * empty; rejects otherwise, for the user will not have meant it. A run that still writes to the old file does so where
 * nobody reads: two in one file would be none.
 */
export async function openJournalFile(path: string, beginning: string): Promise<LineFile> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, await makeWay(path, beginning), 0o600);
  // A pipe or a device keeps nothing that could be made durable.
  const isDurable = (await file.stat()).isFile();
  return writeLines(file, path, async () => {
    if (isDurable) await file.datasync();
  });
}

/** Makes way for a new file and says how to open it. Only a plain file is removed: a link was made by someone. */
async function makeWay(path: string, beginning: string): Promise<"w" | "wx"> {
  const target = await orMissing(stat(path));
  if (target === null) return "w";
  // A folder is refused when it is opened; a pipe or a device holds nothing that could be lost.
  if (!target.isFile()) return "w";
  if (!(await beginsAs(path, beginning)))
    throw new Error("there is a file already that is no journal, and it is left as it is");
  if (!(await lstat(path)).isFile()) return "w";
  await unlink(path);
  return "wx";
}

async function beginsAs(path: string, beginning: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const expected = Buffer.from(beginning);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(expected.length), 0, expected.length, 0);
    return bytesRead === 0 || buffer.equals(expected);
  } finally {
    await file.close();
  }
}

async function orMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
