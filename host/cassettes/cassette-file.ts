import { readFile, realpath } from "node:fs/promises";
import type { ModelPort } from "#core/ports";
import {
  type CallRecorder,
  type CassetteHiding,
  cassetteText,
  createPrices,
  type PriceSettings,
  readCassette,
  recordCalls,
  replayCalls,
} from "#core/providers";
import { hasCode } from "../has-code.ts";
import { nodeClock } from "../node-clock.ts";
import { writeWhole } from "../write-whole.ts";

/** A file with recorded calls of models. */
export interface CassetteFile {
  /** An absolute path. */
  readonly path: string;
  /** The path as the user wrote it. */
  readonly name: string;
  /** What keeps secrets out of it, asked for at each call. */
  readonly hiding: () => Promise<CassetteHiding>;
}

/** A cassette that cannot be used; the message says which and why. */
export class CassetteError extends Error {}

/** A cassette that is being recorded. */
export interface CassetteRecording {
  /** The models, with each call of them recorded. To be asked for once. */
  record(models: ModelPort): ModelPort;
  /** Waits until all is written. Throws {@link CassetteError}. */
  close(): Promise<void>;
}

/**
 * Records calls into a file, whole after each call, so that a crash leaves what there was. A cassette that is there is
 * replaced once the first call has ended; any other file is left alone. Throws {@link CassetteError}.
 */
export async function recordCassette(file: CassetteFile): Promise<CassetteRecording> {
  const before = await textOf(file);
  if (before !== undefined) {
    const read = readCassette(before);
    if (!read.ok) throw new CassetteError(`${file.name} is not replaced: ${read.reason}. Name another file.`);
  }
  const target = before === undefined ? file.path : await realpath(file.path);
  if (before === undefined) await write(file, target, cassetteText([]));
  let recorder: CallRecorder | null = null;
  let writing: Promise<void> | null = null;
  let isStale = true;
  let failure: unknown = null;
  const writeLatest = async (): Promise<void> => {
    // Calls that end while it is being written go into the next one, together.
    while (isStale && failure === null) {
      isStale = false;
      try {
        await write(file, target, cassetteText(recorder?.recordings() ?? []));
      } catch (error) {
        failure = error;
      }
    }
    writing = null;
  };
  return {
    record: (models) => {
      recorder = recordCalls(models, file.hiding, () => {
        isStale = true;
        writing ??= writeLatest();
      });
      return recorder.models;
    },
    close: async () => {
      await (writing ?? writeLatest());
      if (failure !== null) throw failure;
    },
  };
}

/** Models that answer from a file alone. Throws {@link CassetteError}. */
export async function replayCassette(file: CassetteFile, prices: PriceSettings): Promise<ModelPort> {
  const text = await textOf(file);
  if (text === undefined)
    throw new CassetteError(
      `There is no cassette ${file.name}. Record it first: fm run --record ${file.name}, or recordCassette in a launch configuration.`,
    );
  const read = readCassette(text);
  if (!read.ok) throw new CassetteError(`${file.name} cannot be replayed: ${read.reason}.`);
  const { name, hiding } = file;
  const { recordings } = read;
  return replayCalls({ name, recordings, hiding, prices: createPrices(prices), clock: nodeClock });
}

async function textOf({ path, name }: CassetteFile): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw new CassetteError(`${name} cannot be read: ${reasonOf(error)}.`);
  }
}

async function write({ name }: CassetteFile, target: string, text: string): Promise<void> {
  try {
    await writeWhole(target, text, "replace");
  } catch (error) {
    throw new CassetteError(`${name} cannot be written: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
