import { stat } from "node:fs/promises";
import { join } from "node:path";
import { orMissing } from "../inside.ts";
import { inBatches } from "./in-batches.ts";
import { journalName } from "./run-file.ts";
import { newRunId, startOfRunId } from "./run-id.ts";
import type { RunStore } from "./run-store.ts";

/** Ids of runs, the one that began last first. An id that does not say when is put where its journal was written last. */
export async function newestFirst({ folder }: RunStore, ids: readonly string[]): Promise<readonly string[]> {
  const keyed = await inBatches(ids, async (id) => {
    if (startOfRunId(id) !== null || folder === null) return { id, key: id };
    const journal = await orMissing(stat(join(folder, id, journalName)));
    return { id, key: newRunId(Math.floor(journal?.mtimeMs ?? 0), () => 0) };
  });
  return keyed.toSorted((a, b) => (a.key < b.key ? 1 : -1)).map(({ id }) => id);
}
