import type { GatePoint } from "#core/engine";
import type { LaunchedRun } from "../launched-run.ts";
import type { Breakpoints } from "../stops.ts";
import { type BreakpointTable, createBreakpointTable } from "./breakpoint-table.ts";
import type { GateView } from "./gate-view.ts";
import { createMarks } from "./marks.ts";

/** All breakpoints of a session; they are set before its run begins, and at any time in it. */
export interface SessionBreakpoints {
  readonly source: Pick<BreakpointTable, "set">;
  /** As they stop a run. */
  of(run: Pick<LaunchedRun, "fileAt" | "scopeAt" | "say">): Breakpoints;
}

/** A session's breakpoints before any is set. */
export function createSessionBreakpoints(): SessionBreakpoints {
  const marks = createMarks();
  const source = createBreakpointTable(marks);
  return {
    source,
    of: (run) => ({
      hitAt: (point) => {
        const ids = source.hitAt(viewOf(run, point));
        return ids.length === 0 ? null : { reason: "breakpoint", ids };
      },
      remaining: (hit) => {
        const ids = hit.ids.filter((id) => marks.has(id));
        return ids.length === 0 ? null : { ...hit, ids };
      },
    }),
  };
}

function viewOf(run: Pick<LaunchedRun, "fileAt" | "scopeAt" | "say">, point: GatePoint): GateView {
  const { address } = point;
  return {
    point,
    file: run.fileAt(address.frames),
    scope: () => run.scopeAt(address),
    write: (text, channel) => run.say(address, text, channel === "log" ? "stdout" : "stderr"),
  };
}
