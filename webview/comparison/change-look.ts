import type { WireChange } from "./compare-graphs.ts";
import type { StageChange } from "./stage-change.ts";

/** An icon of VS Code, and what it says. */
export interface ChangeLook {
  readonly icon: string;
  readonly word: string;
}

const looks: Readonly<Record<StageChange, ChangeLook>> = {
  added: { icon: "diff-added", word: "added" },
  removed: { icon: "diff-removed", word: "removed" },
  renamed: { icon: "diff-renamed", word: "renamed" },
  moved: { icon: "move", word: "moved" },
  changed: { icon: "diff-modified", word: "changed" },
  differed: { icon: "arrow-swap", word: "ran otherwise" },
};

/** How a change of a stage looks. */
export function changeLook(change: StageChange): ChangeLook {
  return looks[change];
}

/** What a screen reader says of a connection. */
export function wireWords(from: string, to: string, change: WireChange | undefined): string {
  return `From ${from} to ${to}${change === undefined ? "" : `, ${change}`}`;
}
