import { constants, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { orMissing } from "../inside.ts";

/** Names in the folder of a run: of the room that is held, and of what stands in it at last. */
const roomName = "stopped.room";
const wordsName = "stopped.json";
/** Bytes that are held: a block of most file systems. */
const roomBytes = 4096;

// Windows has no O_NOFOLLOW; what is undefined adds no bit.
const { O_WRONLY, O_NOFOLLOW } = constants;

/** Room on the disk for why a record ends before its run does: when the disk is full it is too late to ask for it. */
export interface LastWords {
  /** Says why. Where that cannot be written either, the run is one that crashed for all that is known. */
  say(reason: string): Promise<void>;
  /** The record is whole; the room is given back. */
  forgo(): Promise<void>;
}

/** Takes the room in a run's folder, and takes back what was said there before. Rejects with the system's error. */
export async function holdLastWords(folder: string): Promise<LastWords> {
  const [room, words] = [join(folder, roomName), join(folder, wordsName)];
  for (const old of [words, room]) await rm(old, { force: true });
  await writeFile(room, " ".repeat(roomBytes), { flag: "wx", mode: 0o600 });
  return {
    async say(reason) {
      const text = JSON.stringify({ format: 1, reason: reason.slice(0, 1000) });
      try {
        // In place: the blocks that the file has are all that is left.
        const file = await open(room, O_WRONLY | O_NOFOLLOW);
        try {
          await file.write(text.padEnd(roomBytes), 0);
        } finally {
          await file.close();
        }
        await rename(room, words);
      } catch (error) {
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    },
    forgo: () => rm(room, { force: true }),
  };
}

/** Why the record of a run ended before the run did; null where nobody could say. */
export async function readLastWords(folder: string): Promise<string | null> {
  const text = await orMissing(readFile(join(folder, wordsName), "utf8"));
  if (text === undefined) return null;
  try {
    return schema.parse(JSON.parse(text)).reason;
  } catch {
    // Half a text, or someone else's.
    return null;
  }
}

const schema = z.object({ format: z.literal(1), reason: z.string() });
