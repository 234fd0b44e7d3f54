import * as vscode from "vscode";
import { type CanvasBreakpoint, DEBUG_TYPE } from "#protocol";
import type { StageBreakpoint } from "../debug/stage-breakpoints.ts";

/** Breakpoints as the canvas shows them, one per stage, taking for granted that a run can stop there. */
export function canvasBreakpoints(all: readonly StageBreakpoint[]): readonly CanvasBreakpoint[] {
  return onePerStage(all).map((entry) => shownAs(entry, undefined));
}

/** The same; with a session on, as its adapter answered. */
export async function answeredBreakpoints(
  all: readonly StageBreakpoint[],
): Promise<readonly CanvasBreakpoint[]> {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== DEBUG_TYPE) return canvasBreakpoints(all);
  return await Promise.all(
    onePerStage(all).map(async (entry) =>
      shownAs(entry, await session.getDebugProtocolBreakpoint(entry.breakpoint)),
    ),
  );
}

function onePerStage(all: readonly StageBreakpoint[]): readonly StageBreakpoint[] {
  const byStage = new Map<string, StageBreakpoint>();
  for (const entry of all) {
    const shown = byStage.get(entry.stage);
    // Of two on one stage, an enabled one is what the run will do.
    if (shown === undefined || (!shown.breakpoint.enabled && entry.breakpoint.enabled))
      byStage.set(entry.stage, entry);
  }
  return [...byStage.values()];
}

function shownAs(
  { stage, breakpoint }: StageBreakpoint,
  answer: vscode.DebugProtocolBreakpoint | undefined,
): CanvasBreakpoint {
  return { stage, enabled: breakpoint.enabled, kind: kindOf(breakpoint), ...readAnswer(answer) };
}

function kindOf({ condition, hitCondition, logMessage }: vscode.SourceBreakpoint): CanvasBreakpoint["kind"] {
  if (logMessage !== undefined && logMessage !== "") return "log";
  return (condition ?? "") !== "" || (hitCondition ?? "") !== "" ? "conditional" : "plain";
}

// The type is opaque in the API; it is the adapter's Breakpoint of the protocol. No answer yet counts as a yes.
function readAnswer(answer: vscode.DebugProtocolBreakpoint | undefined): {
  readonly verified: boolean;
  readonly message?: string;
} {
  if (answer === undefined) return { verified: true };
  const verified = !("verified" in answer) || answer.verified !== false;
  return "message" in answer && typeof answer.message === "string"
    ? { verified, message: answer.message }
    : { verified };
}
