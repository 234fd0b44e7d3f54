import { stat } from "node:fs/promises";
import { join } from "node:path";
import { orMissing } from "../inside.ts";
import { findOwnFolder } from "../runs/runs-folder.ts";
import type { EntryHead } from "./cache-entry.ts";
import { keyName, openKeyedHash } from "./cache-key.ts";
import { entryFiles, headsOf, removeQuietly } from "./entry-store.ts";

/** What was removed of a cache. */
export interface ClearedCache {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * What is kept for a group, in no order; nothing where the workspace has no cache. Makes nothing. Rejects with
 * {@link RunStoreError} where the cache is not safe to look into.
 */
export async function keptFor(workspaceRoot: string, group: string): Promise<readonly EntryHead[]> {
  const folder = await findOwnFolder(workspaceRoot, "cache");
  if (folder === undefined || (await orMissing(stat(join(folder, keyName)))) === undefined) return [];
  return await headsOf({ folder, hash: await openKeyedHash(folder) }, group);
}

/** Removes every entry of a workspace's cache. Its key stays, so that records can still be compared. */
export async function clearCache(workspaceRoot: string): Promise<ClearedCache> {
  const folder = await findOwnFolder(workspaceRoot, "cache");
  let entries = 0;
  let bytes = 0;
  for (const file of folder === undefined ? [] : await entryFiles({ folder })) {
    if (!(await removeQuietly(file.path))) continue;
    entries += 1;
    bytes += file.bytes;
  }
  return { entries, bytes };
}
