import type * as vscode from "vscode";
import type { CanvasBreakpoint } from "#protocol";
import type { BreakpointAnswers } from "../debug/breakpoint-answers.ts";
import type { StageBreakpoint } from "../debug/stage-breakpoints.ts";

/** Breakpoints as the canvas shows them, one per stage. With no session on, a run is taken to stop at all of them. */
export function canvasBreakpoints(
  all: readonly StageBreakpoint[],
  answers: BreakpointAnswers,
): readonly CanvasBreakpoint[] {
  const byStage = new Map<string, StageBreakpoint>();
  for (const entry of all) {
    const shown = byStage.get(entry.stage);
    // Of two on one stage, an enabled one is what the run will do.
    if (shown === undefined || (!shown.breakpoint.enabled && entry.breakpoint.enabled))
      byStage.set(entry.stage, entry);
  }
  return [...byStage.values()].map(({ stage, breakpoint }) => {
    const { uri, range } = breakpoint.location;
    const answer = breakpoint.enabled ? answers.of(uri, range.start.line) : undefined;
    return {
      stage,
      enabled: breakpoint.enabled,
      kind: kindOf(breakpoint),
      ...(answer ?? { verified: true }),
    };
  });
}

function kindOf({ condition, hitCondition, logMessage }: vscode.SourceBreakpoint): CanvasBreakpoint["kind"] {
  if (logMessage !== undefined && logMessage !== "") return "log";
  return (condition ?? "") !== "" || (hitCondition ?? "") !== "" ? "conditional" : "plain";
}
