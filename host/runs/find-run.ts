import { type RunStore, runIds } from "./run-store.ts";

/** What a name of a run leads to. */
export type FoundRun =
  | { readonly kind: "found"; readonly runId: string }
  | { readonly kind: "none" }
  /** More than one id begins so. */
  | { readonly kind: "ambiguous"; readonly runIds: readonly string[] };

/** Finds a run by its id, the beginning of it, or `latest`: ids sort by the time at which their run began. */
export async function findRun(store: RunStore, name: string): Promise<FoundRun> {
  const ids = (await runIds(store)).toSorted((a, b) => (a < b ? -1 : 1));
  if (name === "latest") {
    const last = ids.at(-1);
    return last === undefined ? { kind: "none" } : { kind: "found", runId: last };
  }
  const found = ids.includes(name) ? [name] : ids.filter((id) => name !== "" && id.startsWith(name));
  const [runId] = found;
  if (runId === undefined) return { kind: "none" };
  return found.length === 1 ? { kind: "found", runId } : { kind: "ambiguous", runIds: found };
}
