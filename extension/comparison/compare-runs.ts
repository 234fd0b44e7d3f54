import * as vscode from "vscode";
import type { RunComparisonAnswer, ShownComparison } from "#protocol";
import { activePipeline } from "../active-pipeline.ts";
import type { CallStackPlace } from "../debug/call-stack-place.ts";
import { type ChosenRun, chooseRun, type ListRuns } from "../debug/debug-recorded-run.ts";
import type { SessionRuns } from "../debug/session-runs.ts";
import type { ComparedSource } from "./compared-source.ts";
import type { ComparedSources } from "./comparison-panel.ts";

/** What is different between two recorded runs of the workspace that a folder is in. */
export type CompareRecorded = (
  folder: vscode.Uri,
  before: string,
  after: string,
) => Promise<RunComparisonAnswer>;

/** Two recorded runs of one workspace, the older one first. */
export interface TwoRuns {
  /** A folder in their workspace, as a path. */
  readonly folder: string;
  readonly before: string;
  readonly after: string;
}

/** Lets the user choose two runs: of a session of the debugger its own is one of them. Undefined where they give up. */
export async function chooseTwoRuns(
  list: ListRuns,
  sessionRuns: SessionRuns,
  menu: CallStackPlace | undefined,
): Promise<TwoRuns | undefined> {
  const own = await sessionRuns.ofMenu(menu);
  const title = "Compare Two Runs";
  const first: ChosenRun | undefined =
    own === null
      ? await chooseRun(list, activePipeline(), { title, placeHolder: "The first of the two" })
      : { runId: own.id, root: own.cwd };
  if (first === undefined) return undefined;
  const { pipeline } = await listed(list, first);
  const second = await chooseRun(list, vscode.Uri.joinPath(vscode.Uri.file(first.root), "any"), {
    title,
    placeHolder: `What run ${first.runId} is compared with`,
    among: ({ runId }) => runId !== first.runId,
    // What it was forked from comes first, then runs of its own pipeline.
    rank: (run) => (run.runId === own?.fork?.runId ? 0 : run.pipeline === pipeline ? 1 : 2),
    none: `There is no other run than ${first.runId} to compare it with.`,
  });
  if (second === undefined) return undefined;
  // Ids begin with the time at which their runs did.
  const [before = "", after = ""] = [first.runId, second.runId].toSorted();
  return { folder: second.root, before, after };
}

/** What the view of a comparison shows of two runs, and the texts that it leads to. */
export async function runComparison(
  { folder, before, after }: TwoRuns,
  compare: CompareRecorded,
): Promise<{ readonly sources: ComparedSources; readonly shown: ShownComparison }> {
  const { texts, answer, runs } = await compare(vscode.Uri.file(folder), before, after);
  const nameOf = (runId: string): string => `run ${runId}`;
  const source = (runId: string, text: string | null): ComparedSource => ({
    kind: "text",
    text: text ?? "",
    name: nameOf(runId),
  });
  return {
    sources: { before: source(before, texts.before), after: source(after, texts.after) },
    shown: {
      kind: "compared",
      before: { name: nameOf(before), text: texts.before },
      after: { name: nameOf(after), text: texts.after },
      answer,
      components: [],
      runs,
    },
  };
}

/** Nothing is known of a run that is no longer, or not yet, listed. */
async function listed(
  list: ListRuns,
  { runId, root }: ChosenRun,
): Promise<{ readonly pipeline: string | null }> {
  const { runs } = await list(vscode.Uri.file(root), 200);
  return runs.find((run) => run.runId === runId) ?? { pipeline: null };
}
