import type { DebugProtocol } from "@vscode/debugprotocol";
import type { GatePoint } from "#core/engine";
import type { Scope } from "#core/expressions";
import type { FailureFollowUp, JournalEvent, RunFailure } from "#core/journal";
import { addressKey, type Failure } from "#core/ports";
import { failureFilters, isOverBudget } from "./failure-filters.ts";
import { withFailure } from "./gate-scope.ts";
import type { GateView } from "./gate-view.ts";
import { createHandling } from "./handling.ts";
import { type Mark, stopsAt } from "./mark.ts";
import type { Marks } from "./marks.ts";

/** The exception breakpoints of a session: at which failures it stops. */
export interface FailureTable {
  /** Answers `setExceptionBreakpoints`: which of the filters are on, some with a condition. */
  set(
    args: DebugProtocol.SetExceptionBreakpointsArguments,
  ): DebugProtocol.SetExceptionBreakpointsResponse["body"];
  record(event: JournalEvent): void;
  /** A run, or a way through its record, from its beginning on. */
  track(): FailureTrack;
  /** The failure that a branch at that gate has just met, whatever stopped it there; null for none. */
  failureAt(view: Pick<GateView, "point" | "planOf">): FailureMet | null;
}

/** Gates in the order in which they are come to. */
export interface FailureTrack {
  /** The ids of the filters that stop the run there. */
  hitAt(view: GateView): readonly number[];
}

/** A failure, and what comes of it. */
export interface FailureMet {
  readonly failure: Failure;
  /** Null where it is the run that has failed. */
  readonly next: FailureFollowUp | null;
  readonly isHandled: boolean;
}

/** A table with no filter on. */
export function createFailureTable(marks: Marks): FailureTable {
  let on: readonly { readonly filter: string; readonly mark: Mark }[] = [];
  const handling = createHandling();
  let ending: RunFailure | null = null;

  const failureAt: FailureTable["failureAt"] = ({ point, planOf }) => {
    if (point.kind === "before") return null;
    switch (point.outcome.kind) {
      case "succeeded":
        return null;
      case "cancelled":
        return ending === null ? null : { failure: ending, next: null, isHandled: false };
      case "failed": {
        const { failure, next } = point.outcome;
        const isOwn = next.kind !== "propagate";
        return { failure, next, isHandled: isOwn || handling.isHandled(point.address, failure, planOf) };
      }
    }
  };

  return {
    set: ({ filters, filterOptions }) => {
      const asked = [
        ...filters.map((filterId) => ({ filterId })),
        ...(filterOptions ?? []),
      ] as readonly DebugProtocol.ExceptionFilterOptions[];
      const wanted = asked.map((each) => ({ place: each.filterId, terms: each }));
      const placed = marks.replace("failures", wanted);
      const known = placed.map((each, index) => {
        const filter = asked[index]?.filterId ?? "";
        return failureFilters.has(filter)
          ? { ...each, filter }
          : { ok: false as const, id: each.id, filter, message: `There is no filter "${filter}".` };
      });
      on = known.flatMap((each) => (each.ok ? [{ filter: each.filter, mark: each.mark }] : []));
      return {
        breakpoints: known.map((each) =>
          each.ok ? { id: each.id, verified: true } : { id: each.id, verified: false, message: each.message },
        ),
      };
    },
    record: (event) => {
      handling.record(event);
      if (event.kind === "run-ending" && event.failure !== null && isOverBudget(event.failure))
        ending = event.failure;
    },
    track: () => {
      const isNews = newsOfFailures();
      return {
        hitAt: (view) => {
          const { point } = view;
          const met = failureAt(view);
          if (!isNews(point, met) || met === null) return [];
          const scope = (): Scope => withFailure(view.scope(), point, met.failure, met.next?.kind ?? "end");
          return on
            .filter(({ filter }) => failureFilters.get(filter)?.takes(met) === true)
            .filter(({ mark }) => stopsAt(mark, scope, view.write))
            .map(({ mark }) => mark.id);
        },
      };
    },
    failureAt,
  };
}

/**
 * Whether a failure comes about at a gate, of gates in their order: not where a stage passes on as its own what failed
 * in it, and of a run that is at its end only once.
 */
function newsOfFailures(): (point: GatePoint, met: FailureMet | null) => boolean {
  /** Owners that pass something on. */
  const passingOn = new Set<string>();
  let isEndTold = false;

  return (point, met) => {
    const key = addressKey(point.address);
    // What failed in an owner that has done its work all the same is its past.
    if (met === null) {
      if (point.kind === "after") passingOn.delete(key);
      return false;
    }
    if (met.next === null) {
      const isFirst = !isEndTold;
      isEndTold = true;
      return isFirst;
    }
    const { frames } = point.address;
    const owner = frames.at(-1)?.owner;
    if (met.next.kind === "propagate" && owner !== undefined)
      passingOn.add(addressKey({ frames: frames.slice(0, -1), stage: owner }));
    return !passingOn.delete(key);
  };
}
