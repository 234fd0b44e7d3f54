import { newestFirst } from "./newest-first.ts";
import { type RunStore, runIds } from "./run-store.ts";

/** What a name of a run leads to. */
export type FoundRun =
  | { readonly kind: "found"; readonly runId: string }
  | { readonly kind: "none" }
  /** More than one id begins or ends so. */
  | { readonly kind: "ambiguous"; readonly runIds: readonly string[] };

/**
 * Finds a run by its id, by the beginning or, as is easier to type, the end of it, or as `latest`, the one that began
 * last. Ids that begin so count before those that end so.
 */
export async function findRun(store: RunStore, name: string): Promise<FoundRun> {
  const ids = await runIds(store);
  if (name === "") return { kind: "none" };
  const found =
    name === "latest"
      ? (await newestFirst(store, ids)).slice(0, 1)
      : [ids.filter((id) => id === name), beginning(ids, name), ending(ids, name)].find(
          ({ length }) => length > 0,
        );
  const [runId, ...more] = found ?? [];
  if (runId === undefined) return { kind: "none" };
  return more.length === 0
    ? { kind: "found", runId }
    : { kind: "ambiguous", runIds: [runId, ...more].toSorted() };
}

function beginning(ids: readonly string[], name: string): readonly string[] {
  return ids.filter((id) => id.startsWith(name));
}

function ending(ids: readonly string[], name: string): readonly string[] {
  return ids.filter((id) => id.endsWith(name));
}
