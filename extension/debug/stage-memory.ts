import type * as vscode from "vscode";
import * as z from "zod";

/** Which stage each breakpoint belongs to, past the end of the window: VS Code keeps the breakpoints themselves. */
export interface StageMemory {
  /** Stage ids by VS Code's ids of breakpoints, as last kept. */
  recall(): ReadonlyMap<string, string>;
  keep(stages: ReadonlyMap<string, string>): Thenable<void>;
}

const KEY = "flowmason.stagesOfBreakpoints";
const stored = z.array(z.tuple([z.string(), z.string()]));

/** A memory in the state of the workspace. */
export function createStageMemory(state: vscode.Memento): StageMemory {
  return {
    // What another version has left and this one cannot read is as good as nothing.
    recall: () => new Map(stored.safeParse(state.get(KEY)).data ?? []),
    keep: (stages) => state.update(KEY, [...stages]),
  };
}
