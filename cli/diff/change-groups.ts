import { type Change, isLayout } from "#core/merge";

/** The changes of a diff as people read them: those of a stage together, and those of the drawing as a number. */
export interface ChangeGroups {
  readonly groups: readonly { readonly stage: string | null; readonly changes: readonly Change[] }[];
  readonly layout: number;
}

/** Puts changes together by their stage, in the order in which the first of each comes. */
export function groupChanges(changes: readonly Change[]): ChangeGroups {
  const groups = new Map<string | null, Change[]>();
  let layout = 0;
  for (const change of changes) {
    if (isLayout(change)) {
      layout += 1;
      continue;
    }
    const stage = change.kind === "container-changed" ? null : change.stage;
    const list = groups.get(stage);
    if (list === undefined) groups.set(stage, [change]);
    else list.push(change);
  }
  return { groups: [...groups].map(([stage, own]) => ({ stage, changes: own })), layout };
}

/** "1 stage added, 2 values changed" */
export function countWords(changes: readonly Change[]): string {
  const counts = new Map<string, number>();
  for (const change of changes) {
    if (isLayout(change)) continue;
    const name = names[change.kind];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const words = [...counts].map(([name, count]) => `${count} ${count === 1 ? name : plural(name)}`);
  return words.length === 0 ? "nothing but the layout" : words.join(", ");
}

/** "layout: 3 places" */
export function layoutWords(count: number): string {
  return `layout: ${count} ${count === 1 ? "place" : "places"}`;
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
