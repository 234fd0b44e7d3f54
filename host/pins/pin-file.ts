import { lstat, mkdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Json } from "#core/ports";
import { orMissing } from "../inside.ts";
import { findOwnFolder, makeOwnFolder } from "../runs/runs-folder.ts";
import { writeWhole } from "../write-whole.ts";

/** An output that takes the place of running a stage. */
export interface Pin {
  readonly output: Json;
  /** ISO 8601. */
  readonly pinnedAt: string;
  /** The run whose output it was; null where a person wrote it. */
  readonly run: string | null;
}

/** A file of pins cannot be read: the message is for the user, and says what to do. */
export class PinsError extends Error {}

/**
 * The pins of a pipeline's stages, by their ids; `pipeline` is its path from the workspace's root, with `/`. None where
 * there is no file of them. Rejects with {@link PinsError} for one that cannot be read.
 */
export async function readPins(root: string, pipeline: string): Promise<ReadonlyMap<string, Pin>> {
  const folder = await findOwnFolder(root, "pins");
  if (folder === undefined) return new Map();
  const path = join(folder, nameOf(pipeline));
  const is = await orMissing(lstat(path));
  if (is === undefined) return new Map();
  if (!is.isFile()) throw new PinsError(`${path} is no file. Remove it.`);
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(path, "utf8"))).stages));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    const why = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    throw new PinsError(`The pins in ${path} cannot be read: ${why}. Mend the file, or remove it.`);
  }
}

/** Puts these in the place of all pins of a pipeline; where there are none, no file is left. */
export async function writePins(
  root: string,
  pipeline: string,
  pins: ReadonlyMap<string, Pin>,
): Promise<void> {
  const folder = await makeOwnFolder(root, "pins");
  const path = join(folder, nameOf(pipeline));
  await mkdir(folder, { recursive: true });
  if (pins.size === 0) {
    await orMissing(unlink(path));
    return;
  }
  const stages = Object.fromEntries([...pins].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  await writeWhole(path, `${JSON.stringify({ version: 1, stages }, null, 2)}\n`, "replace");
}

/** One folder for all: no path of a pipeline leads out of it. */
function nameOf(pipeline: string): string {
  return `${encodeURIComponent(pipeline)}.json`;
}

const fileSchema = z.object({
  version: z.literal(1),
  stages: z.record(
    z.string(),
    z.object({ output: z.json(), pinnedAt: z.string(), run: z.string().nullable() }),
  ),
});
