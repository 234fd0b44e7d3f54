import { countUsage, type JournalEvent, noUsage, type RunFailure, type UsageTotals } from "#core/journal";
import type { StageAddress } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import type { StartFrom } from "../resume/start-from.ts";
import { createCallBudgets } from "./call-budgets.ts";
import { failureAt, type Limits, limitsUse, overspent } from "./overspend.ts";
import { timeSpent } from "./run-limit.ts";

type Listener = (event: JournalEvent) => void;

/** Stops the run, or what the stage at that address called. */
export interface Stops {
  run(failure: RunFailure): void;
  call(owner: StageAddress, failure: RunFailure): void;
}

/** Watches what a run, and each pipeline that it calls, uses. */
export interface BudgetWatch {
  /** Gets each event of the run, and passes it on. */
  readonly onEvent: Listener;
  /**
   * From here on it counts, with what a record that the run goes on from had used; a fork begins anew. Gives why the
   * run is to stop at once, where that is too much already.
   */
  begin(from: StartFrom | null): RunFailure | null;
  /** Stops the calls that had used too much before; once all that a record says is to be done next is known. */
  stopCalls(): void;
}

/**
 * Stops the run, or a call, once a call of a model took it over its tokens or its cost, with why; and before one whose
 * cost cannot be known, where that is capped. What calls in flight have used by then no one knows.
 */
export function watchBudget(plan: RunPlan, onEvent: Listener | undefined, stops: Stops): BudgetWatch {
  const { budget, isPriced } = plan;
  const limits: Limits = { budget, isPriced, spender: { kind: "run" } };
  const isLimited = limitsUse(budget);
  const calls = createCallBudgets(plan);
  let used: UsageTotals | null = null;
  let late: () => void = () => {};
  return {
    onEvent: (event) => {
      onEvent?.(event);
      if (used === null) return;
      used = countUsage(used, event);
      const failure = isLimited ? failureAt(event, limits, used) : null;
      const over = calls.take(event);
      if (failure !== null) stops.run(failure);
      else if (over !== null) stops.call(over.owner, over.failure);
    },
    begin: (from) => {
      used = (from?.own ?? []).reduce(countUsage, noUsage);
      if (from === null) return null;
      const over = calls.takeOver(from);
      late = () => {
        for (const { owner, failure } of over) stops.call(owner, failure);
      };
      return overspent(limits, used, "before it went on") ?? timeSpent(plan, from);
    },
    stopCalls: () => late(),
  };
}
