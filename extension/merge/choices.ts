import type { ChosenMerge, MergeChoice } from "#protocol";

/** What has been chosen in a merge, with the way back. */
export interface Choices {
  list(): readonly ChosenMerge[];
  /** Null leaves a decision open again. */
  choose(decision: string, choice: MergeChoice | null): void;
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

type Chosen = ReadonlyMap<string, MergeChoice>;

/** Starts with what was chosen before. */
export function createChoices(before: readonly ChosenMerge[]): Choices {
  let now: Chosen = new Map(before.map(({ decision, choice }) => [decision, choice]));
  let past: readonly Chosen[] = [];
  let future: readonly Chosen[] = [];
  return {
    list: () => Array.from(now, ([decision, choice]) => ({ decision, choice })),
    choose(decision, choice) {
      past = [...past, now];
      future = [];
      const next = new Map(now);
      if (choice === null) next.delete(decision);
      else next.set(decision, choice);
      now = next;
    },
    undo() {
      const last = past.at(-1);
      if (last === undefined) return;
      past = past.slice(0, -1);
      future = [...future, now];
      now = last;
    },
    redo() {
      const next = future.at(-1);
      if (next === undefined) return;
      future = future.slice(0, -1);
      past = [...past, now];
      now = next;
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}
