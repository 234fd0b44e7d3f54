import { type EntryStore, entryFiles, headOf, removeQuietly } from "./entry-store.ts";

/** How old what was left half written is before it is removed, in milliseconds. */
const ABANDONED_MS = 3600_000;

/**
 * Removes entries that count no longer at `now`, in milliseconds since 1970, what was left half written, and then those
 * that were of no use for longest, until the rest takes up no more than `maxBytes`.
 */
export async function pruneCache(
  store: Pick<EntryStore, "folder">,
  maxBytes: number,
  now: number,
): Promise<void> {
  const kept: { readonly path: string; readonly bytes: number; readonly usedAt: number }[] = [];
  for (const file of await entryFiles(store)) {
    if (file.path.endsWith(".tmp")) {
      if (now - file.usedAt > ABANDONED_MS) await removeQuietly(file.path);
      continue;
    }
    const expiresAt = (await headOf(file.path))?.expiresAt ?? null;
    if (expiresAt !== null && expiresAt <= now) await removeQuietly(file.path);
    else kept.push(file);
  }
  let bytes = kept.reduce((total, file) => total + file.bytes, 0);
  for (const file of kept.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= maxBytes) return;
    if (await removeQuietly(file.path)) bytes -= file.bytes;
  }
}
