import type { DebugProtocol } from "@vscode/debugprotocol";
import type { GatePoint } from "#core/engine";
import type { LaunchedRun } from "../launched-run.ts";
import type { Breakpoints } from "../stops.ts";
import { type BreakpointTable, createBreakpointTable } from "./breakpoint-table.ts";
import { createDataTable, type DataTable, type Tracked } from "./data-table.ts";
import { failureInfo } from "./failure-info.ts";
import { createFailureTable, type FailureTable } from "./failure-table.ts";
import { createFunctionTable, type FunctionTable } from "./function-table.ts";
import { scopeAtGate } from "./gate-scope.ts";
import type { GateView } from "./gate-view.ts";
import type { PlanOf } from "./handling.ts";
import { type CountApart, createMarks } from "./marks.ts";

/** All breakpoints of a session; they are set before its run begins, and at any time in it. */
export interface SessionBreakpoints {
  readonly source: Pick<BreakpointTable, "set">;
  readonly functions: Pick<FunctionTable, "set" | "setMessages" | "bind">;
  readonly data: Pick<DataTable, "set">;
  readonly failures: Pick<FailureTable, "set" | "record">;
  /** What has just failed where a branch waits at a gate; null when nothing did. */
  failureInfo(
    run: Pick<Stopped, "fileAt">,
    point: GatePoint,
  ): DebugProtocol.ExceptionInfoResponse["body"] | null;
  /** As they stop a run; with "record" as they do where none is set or taken away on the way. */
  of(run: Stopped, tracked?: Tracked): Breakpoints;
  /** For one that comes to gates from its first on beside the run: asked of each in order, they count for it alone. */
  countApart(): CountApart;
  /** Whether any is set that can stop. */
  isAny(): boolean;
  /** Changes when they do. */
  revision(): number;
}

/** What breakpoints look at in a run. */
type Stopped = Pick<LaunchedRun, "fileAt" | "scopeAt" | "say">;

/** A session's breakpoints before any is set; `changed` hears of those whose answer changes later. */
export function createSessionBreakpoints(
  changed: (breakpoint: DebugProtocol.Breakpoint) => void,
): SessionBreakpoints {
  const marks = createMarks();
  const source = createBreakpointTable(marks);
  const functions = createFunctionTable(marks, changed);
  const failures = createFailureTable(marks);
  const data = createDataTable(marks);
  return {
    source,
    functions,
    countApart: marks.countApart,
    isAny: marks.isAny,
    revision: marks.revision,
    data,
    failures,
    failureInfo: (run, point) => {
      const met = failures.failureAt({ point, planOf: planIn(run) });
      return met === null ? null : failureInfo(met, point);
    },
    of: (run, tracked = "run") => {
      const track = failures.track();
      const watched = data.track(tracked);
      return {
        hitAt: (point) => {
          const view = viewOf(run, point);
          // Each is asked, also when another stops already: they count, and they log.
          const lines = source.hitAt(view);
          const named = functions.hitAt(view);
          const failed = track.hitAt(view);
          const moved = watched.hitAt(view);
          const ids = [...failed, ...lines, ...(moved?.ids ?? []), ...named.map(({ id }) => id)];
          if (failed.length > 0)
            return { reason: "exception", ids, text: failures.failureAt(view)?.failure.message ?? "" };
          const text = moved?.text ?? named.find((each) => each.text !== null)?.text;
          if (text !== undefined && text !== null) return { reason: "data breakpoint", ids, text };
          if (lines.length > 0) return { reason: "breakpoint", ids };
          return named.length > 0 ? { reason: "function breakpoint", ids } : null;
        },
        // One that is set meanwhile stops at the gates that the run comes to.
        awaited: () => null,
        remaining: (hit) => {
          const ids = hit.ids.filter((id) => marks.has(id));
          return ids.length === 0 ? null : { ...hit, ids };
        },
      };
    },
  };
}

function viewOf(run: Stopped, point: GatePoint): GateView {
  const { address } = point;
  return {
    point,
    launched: run.fileAt([]).path,
    file: run.fileAt(address.frames),
    planOf: planIn(run),
    scope: () => scopeAtGate(run.scopeAt, point),
    write: (text, channel) => run.say(address, text, channel === "log" ? "stdout" : "stderr"),
  };
}

function planIn({ fileAt }: Pick<Stopped, "fileAt">): PlanOf {
  return ({ frames, stage }) => fileAt(frames).planOf(stage);
}
