import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { RunSummary } from "#core/journal";
import { hasCode } from "../has-code.ts";
import { orMissing } from "../inside.ts";
import { journalName } from "./run-file.ts";
import { summarySchema } from "./summary-schema.ts";

/** The name of a run's summary in its folder. */
const summaryName = "run.json";

/** A summary of what the journal says in its first `journalBytes` bytes. */
export interface StoredSummary {
  readonly summary: RunSummary;
  /** Milliseconds since 1970 of the last event. */
  readonly lastAt: number | null;
  readonly journalBytes: number;
}

/**
 * The summary that was stored for a run. It is no more than a shortcut: undefined where there is none, where it cannot be
 * used, and where the journal, which only grows, has another size than the one it tells of.
 */
export async function readSummary(folder: string): Promise<StoredSummary | undefined> {
  const [text, journal] = await Promise.all([
    orMissing(readFile(join(folder, summaryName), "utf8")),
    orMissing(stat(join(folder, journalName))),
  ]);
  if (text === undefined) return undefined;
  const stored = parse(text);
  return stored !== undefined && stored.journalBytes === journal?.size ? stored : undefined;
}

/** Stores a summary. Where nothing can be written the journal is read again the next time; it says the same. */
export async function writeSummary(folder: string, stored: StoredSummary): Promise<void> {
  const { summary, lastAt, journalBytes } = stored;
  const draft = join(folder, `.${summaryName}.${randomUUID()}.tmp`);
  try {
    // In one step, but without waiting for the disk: one that a power cut leaves empty is made again.
    await writeFile(draft, `${JSON.stringify({ format: 1, summary, lastAt, journalBytes })}\n`, {
      flag: "wx",
      mode: 0o600,
    });
    await rename(draft, join(folder, summaryName));
  } catch (error) {
    if (!hasCode(error, "EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOENT")) throw error;
    // What a full disk has taken of it is of no use.
    if (hasCode(error, "ENOSPC", "EDQUOT")) await rm(draft, { force: true });
  }
}

function parse(text: string): StoredSummary | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    // It was cut off or edited: the journal has it all.
    return undefined;
  }
}

const schema = z.object({
  format: z.literal(1),
  lastAt: z.number().nullable(),
  journalBytes: z.int().min(0),
  summary: summarySchema,
}) satisfies z.ZodType<StoredSummary>;
