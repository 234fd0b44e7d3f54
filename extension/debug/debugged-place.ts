import * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import type { CallStackPlace } from "./call-stack-place.ts";

/** A branch of a run that is debugged. */
export interface DebuggedBranch {
  readonly threadId: number;
  /** The address of the stage that it is at: `draft`, `each[2]/score`. */
  readonly name: string;
}

/** The branches of a run as its adapter lists them. */
export async function branchesOf(session: vscode.DebugSession): Promise<readonly DebuggedBranch[]> {
  const answer: unknown = await session.customRequest("threads");
  const threads = typeof answer === "object" && answer !== null && "threads" in answer ? answer.threads : [];
  if (!Array.isArray(threads)) return [];
  return threads.flatMap((thread: { readonly id?: unknown; readonly name?: unknown }) =>
    typeof thread.id === "number" && typeof thread.name === "string"
      ? [{ threadId: thread.id, name: thread.name }]
      : [],
  );
}

/**
 * The branch that a menu was opened on, or the one that is selected in the call stack. Throws a {@link Refusal} where it
 * has ended, or there is none.
 */
export async function chooseBranch(
  session: vscode.DebugSession,
  menu: CallStackPlace | undefined,
): Promise<DebuggedBranch> {
  const branches = await branchesOf(session);
  const chosen = menu?.threadId ?? null;
  const wanted = chosen ?? selectedIn(session);
  const found = branches.find(({ threadId }) => threadId === wanted);
  if (found === undefined && chosen !== null) throw new Refusal("That branch has ended.");
  const [first] = branches;
  if (first === undefined) throw new Refusal("The run has no branch that is at a stage.");
  return found ?? first;
}

/** The branch that is at a stage of a file. Throws a {@link Refusal} that says where the run is instead. */
export async function chooseBranchAt(
  session: vscode.DebugSession,
  file: vscode.Uri,
  stage: string,
): Promise<DebuggedBranch> {
  const branches = await branchesOf(session);
  const found = branchAt(session, branches, file, stage);
  if (found === undefined) throw new Refusal(`The run is not at “${stage}”. It is at ${placesOf(branches)}.`);
  return found;
}

/**
 * The branch that is at the stage of that id in that file, in whichever round: the selected one, where several are.
 * Addresses of a called pipeline name its file: `review>lib/review.pipeline.json/draft`.
 */
export function branchAt(
  session: vscode.DebugSession,
  branches: readonly DebuggedBranch[],
  file: vscode.Uri,
  stage: string,
): DebuggedBranch | undefined {
  const root: unknown = session.configuration["pipeline"];
  const isRoot = typeof root !== "string" || vscode.Uri.file(root).fsPath === file.fsPath;
  const inside = `${vscode.workspace.asRelativePath(file, false)}/`;
  const found = branches.filter(({ name }) => {
    if (name !== stage && !name.endsWith(`/${stage}`)) return false;
    const call = name.lastIndexOf(">");
    return call === -1 ? isRoot : name.slice(call + 1).startsWith(inside);
  });
  const selected = selectedIn(session);
  return found.find(({ threadId }) => threadId === selected) ?? found[0];
}

function selectedIn(session: vscode.DebugSession): number | undefined {
  const item = vscode.debug.activeStackItem;
  return item?.session.id === session.id ? item.threadId : undefined;
}

function placesOf(branches: readonly DebuggedBranch[]): string {
  return branches.length === 0 ? "no stage" : branches.map(({ name }) => `“${name}”`).join(", ");
}
