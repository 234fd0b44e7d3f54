import * as vscode from "vscode";
import { DEBUG_TYPE } from "#protocol";
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
 * The branch that a command is about: that of the menu, or the one that is at `stage`, or the one that is selected in the
 * call stack. Throws a {@link Refusal} where there is none.
 */
export async function chooseBranch(
  session: vscode.DebugSession,
  menu: CallStackPlace | undefined,
  stage: string | undefined,
): Promise<DebuggedBranch> {
  const branches = await branchesOf(session);
  if (menu === undefined && stage !== undefined) {
    const found = branchAt(branches, stage);
    if (found === undefined)
      throw new Refusal(`The run is not at “${stage}”. It is at ${placesOf(branches)}.`);
    return found;
  }
  const item = vscode.debug.activeStackItem;
  const selected = menu?.threadId ?? (item?.session.id === session.id ? item.threadId : undefined);
  const found = branches.find(({ threadId }) => threadId === selected) ?? branches[0];
  if (found === undefined) throw new Refusal("The run has no branch that is at a stage.");
  return found;
}

/** The branch that is at the stage of that id, in whichever round. */
export function branchAt(branches: readonly DebuggedBranch[], stage: string): DebuggedBranch | undefined {
  return branches.find(({ name }) => name === stage || name.endsWith(`/${stage}`));
}

/** The session of our debugger that is in front. Throws a {@link Refusal} where none is. */
export function sessionInFront(): vscode.DebugSession {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== DEBUG_TYPE)
    throw new Refusal(
      "No pipeline is being debugged. Start one with F5, or open a run that is over with Debug Recorded Run….",
    );
  return session;
}

function placesOf(branches: readonly DebuggedBranch[]): string {
  return branches.length === 0 ? "no stage" : branches.map(({ name }) => `“${name}”`).join(", ");
}
