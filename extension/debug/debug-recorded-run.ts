import * as path from "node:path";
import * as vscode from "vscode";
import { DEBUG_TYPE, type ListedRun, type RunsAnswer } from "#protocol";
import { Refusal } from "../edge.ts";

/** The newest recorded runs of the workspace that a folder is in. */
export type ListRuns = (folder: vscode.Uri, limit: number) => Promise<RunsAnswer>;

/** Runs that are offered at most; older ones are named in a launch configuration. */
const MOST = 200;

type RunItem = vscode.QuickPickItem & ChosenRun;

/** A recorded run that the user has chosen, and the root of its workspace as a path. */
export interface ChosenRun {
  readonly runId: string;
  readonly root: string;
}

const exactReplay: RunChoice = {
  title: "Debug Recorded Run",
  placeHolder: "An exact replay: nothing of it runs again, and no model is asked",
};

/**
 * Lets the user choose a recorded run, and opens it in the debugger; whether it was. `active` is the pipeline in front.
 */
export async function debugRecordedRun(
  list: ListRuns,
  active: vscode.Uri | undefined,
  choice: RunChoice = exactReplay,
): Promise<boolean> {
  const chosen = await chooseRun(list, active, choice);
  return chosen !== undefined && (await openRecordedRun(chosen));
}

/** Opens a recorded run in the debugger; whether it was. */
export async function openRecordedRun({ runId, root }: ChosenRun): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(root));
  return await vscode.debug.startDebugging(folder, {
    type: DEBUG_TYPE,
    request: "launch",
    name: `Recorded run ${runId}`,
    replay: runId,
    cwd: root,
  });
}

/** How a recorded run is asked for. */
export interface RunChoice {
  readonly title: string;
  readonly placeHolder: string;
  /** Which runs are offered; all without this. */
  readonly among?: (run: ListedRun) => boolean;
  /** Those of the lowest number come first; of one number the newest. */
  readonly rank?: (run: ListedRun) => number;
  /** What is said where there is none. */
  readonly none?: string;
}

const NO_RUN =
  "No run is recorded in .flowmason/runs of this workspace yet. Run a pipeline, here or with fm run, or take one of elsewhere in with fm import.";

/** Lets the user choose a recorded run; undefined where none is chosen. Throws a {@link Refusal} where there is none. */
export async function chooseRun(
  list: ListRuns,
  active: vscode.Uri | undefined,
  { among = () => true, rank = () => 0, none = NO_RUN, ...words }: RunChoice,
): Promise<ChosenRun | undefined> {
  const answers = await answersOf(list, active);
  const items = answers
    .flatMap(({ root, runs }) => runs.filter((run) => among(run)).map((run) => ({ run, root })))
    .toSorted((a, b) => rank(a.run) - rank(b.run))
    .map(({ run, root }) => itemOf(run, root, answers.length));
  if (items.length === 0) throw new Refusal(none);
  return await vscode.window.showQuickPick(items, {
    ...words,
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

/** A workspace may have several folders, and a pipeline in front may be of yet another. */
async function answersOf(list: ListRuns, active: vscode.Uri | undefined): Promise<readonly RunsAnswer[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const own = active?.scheme === "file" ? [vscode.Uri.file(path.dirname(active.fsPath))] : [];
  const answers = await Promise.all([...own, ...folders].map((folder) => list(folder, MOST)));
  return [...new Map(answers.map((answer) => [answer.root, answer])).values()];
}

function itemOf(run: ListedRun, root: string, roots: number): RunItem {
  const { runId, status, pipeline, startedAt, failedAt } = run;
  const at = failedAt === null ? status : `${status} at ${failedAt}`;
  return {
    runId,
    root,
    label: `$(${iconOf(status)}) ${pipeline ?? "a pipeline without a name"}`,
    description: startedAt === null ? at : `${at}, ${new Date(startedAt).toLocaleString()}`,
    detail: roots > 1 ? `${runId}, in ${root}` : runId,
  };
}

function iconOf(status: ListedRun["status"]): string {
  switch (status) {
    case "succeeded":
      return "pass";
    case "failed":
      return "error";
    case "cancelled":
      return "circle-slash";
    case "running":
    case "waiting":
      return "sync";
    case "cut-off":
    case "crashed":
    case "unreadable":
      return "warning";
  }
}
