import type { DiffAnswer, DiffChange } from "#protocol";

/**
 * What has become of a stage; `differed` says that it went otherwise in two runs. One that has another id or place may be
 * changed in other ways too.
 */
export type StageChange = "added" | "removed" | "renamed" | "moved" | "changed" | "differed";

/** Two pipelines that can be compared, with what is different between them. */
export type Diff = Extract<DiffAnswer, { ok: true }>;

/** What has become of each stage that is not as it was, most telling first, by the id that it has in the union. */
export function stageChanges({
  changes,
}: Pick<Diff, "changes">): ReadonlyMap<string, readonly StageChange[]> {
  const found = new Map<string, Set<StageChange>>();
  for (const change of changes) {
    const kind = kindOf(change);
    if (change.stage === null || kind === null) continue;
    found.set(change.stage, (found.get(change.stage) ?? new Set()).add(kind));
  }
  return new Map(
    Array.from(found, ([stage, kinds]) => [stage, rank.filter((kind) => kinds.has(kind))] as const),
  );
}

const rank: readonly StageChange[] = ["added", "removed", "renamed", "moved", "changed", "differed"];

/** Null for what changes no stage: where it is drawn, and where in the file it is written. */
function kindOf({ kind, topic }: DiffChange): StageChange | null {
  switch (kind) {
    case "stage-added":
      return "added";
    case "stage-removed":
      return "removed";
    case "stage-renamed":
      return "renamed";
    case "stage-relocated":
    case "branch-moved":
      return "moved";
    case "run-differs":
      return "differed";
    case "value-changed":
      return topic === "layout" ? null : "changed";
    case "stage-reordered":
    case "container-changed":
      return null;
  }
}
