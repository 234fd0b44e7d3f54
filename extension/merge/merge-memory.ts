import { createHash } from "node:crypto";
import type * as vscode from "vscode";
import { type ChosenMerge, chosenMerges } from "#protocol";
import type { MergeSource } from "./merge-source.ts";

/** What was chosen in merges that are not complete: it outlives the view and the window. */
export interface MergeMemory {
  /** Null where nothing has been. */
  read(source: MergeSource): readonly ChosenMerge[] | null;
  write(source: MergeSource, choices: readonly ChosenMerge[]): void;
  forget(source: MergeSource): void;
}

const PREFIX = "merge:";

/** Choices are for three texts: where one of them is another, they are no longer of use. */
export function createMergeMemory(state: vscode.Memento): MergeMemory {
  return {
    read(source) {
      const kept = chosenMerges.safeParse(state.get(keyOf(source)));
      return kept.success ? kept.data : null;
    },
    write: (source, choices) => void state.update(keyOf(source), choices),
    forget: (source) => void state.update(keyOf(source), undefined),
  };
}

function keyOf({ file, stages }: MergeSource): string {
  const texts = JSON.stringify([stages.base, stages.ours, stages.theirs]);
  return `${PREFIX}${file.toString()} ${createHash("sha256").update(texts).digest("hex")}`;
}
