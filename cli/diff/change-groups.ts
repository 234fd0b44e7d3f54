import { type Change, isLayout, isSpelling } from "#core/merge";

/** The changes of a diff as people read them: those of a stage together, and how many are of the drawing or of words only. */
export interface ChangeGroups {
  readonly groups: readonly { readonly stage: string | null; readonly changes: readonly Change[] }[];
  readonly layout: number;
  readonly spelling: number;
}

/** Puts changes together by their stage, in the order in which the first of each comes. */
export function groupChanges(changes: readonly Change[]): ChangeGroups {
  const groups = new Map<string | null, Change[]>();
  let [layout, spelling] = [0, 0];
  for (const change of changes) {
    if (isLayout(change)) {
      layout += 1;
      continue;
    }
    if (isSpelling(change)) {
      // A field that has another name is gone under the one that it had.
      if (change.kind === "value-changed" && change.after !== undefined) spelling += 1;
      continue;
    }
    const stage = change.kind === "container-changed" ? null : change.stage;
    const list = groups.get(stage);
    if (list === undefined) groups.set(stage, [change]);
    else list.push(change);
  }
  return { groups: [...groups].map(([stage, own]) => ({ stage, changes: own })), layout, spelling };
}

/** "1 stage added, 2 values changed" */
export function countWords(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const change of changes) {
    if (isLayout(change) || isSpelling(change)) continue;
    const name = names[change.kind];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const words = [...counts].map(([name, count]) => `${count} ${count === 1 ? name : plural(name)}`);
  if (words.length > 0) return words.join(", ");
  const quiet = [
    ...(changes.some(isLayout) ? ["the layout"] : []),
    ...(changes.some(isSpelling) ? ["the spelling"] : []),
  ];
  return `nothing but ${quiet.join(" and ")}`;
}

/** "layout: 3 places", "spelling: 2 fields in other words that say the same": what is not worth more than a line. */
export function quietLines({
  layout,
  spelling,
}: Pick<ChangeGroups, "layout" | "spelling">): readonly string[] {
  return [
    ...(layout > 0 ? [`layout: ${counted(layout, "place")}`] : []),
    ...(spelling > 0 ? [`spelling: ${counted(spelling, "field")} in other words that say the same`] : []),
  ];
}

function counted(count: number, name: string): string {
  return `${count} ${count === 1 ? name : `${name}s`}`;
}

const names: Readonly<Record<Change["kind"], string>> = {
  "stage-added": "stage added",
  "stage-removed": "stage removed",
  "stage-renamed": "stage renamed",
  "stage-relocated": "stage moved",
  "stage-reordered": "stage reordered",
  "branch-moved": "stage in another branch",
  "value-changed": "value changed",
  "container-changed": "way of writing stages",
};

function plural(name: string): string {
  return name.replace(/^(stage|value|way)/, "$1s");
}
