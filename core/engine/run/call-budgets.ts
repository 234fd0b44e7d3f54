import {
  addUsage,
  type JournalEvent,
  noUsage,
  type RunFailure,
  stepOf,
  type UsageTotals,
} from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import type { RunPlan } from "../plan/run-plan.ts";
import type { StartFrom } from "../resume/start-from.ts";
import { frameKey } from "../schedule/state.ts";
import { failureAt, type Limits, limitsUse, overspent } from "./overspend.ts";

/** A call that is to stop, by the stage that made it, and why. */
export interface OverspentCall {
  readonly owner: StageAddress;
  readonly failure: RunFailure;
}

/** Counts what pipelines that are called use, each against its own budget. */
export interface CallBudgets {
  /** Takes an event of the run in. Gives the outermost call that went over, if one did. */
  take(event: JournalEvent): OverspentCall | null;
  /** Instead of the events of a record: gives the calls in it that are open, and had gone over. */
  takeOver(from: StartFrom): readonly OverspentCall[];
}

interface Meter {
  readonly owner: StageAddress;
  readonly limits: Limits;
  /** Of the event that began the call. */
  readonly seq: number;
  used: UsageTotals;
  /** Whether it was told to stop: what cleans up then goes on. */
  isStopping: boolean;
}

/** A call counts anew each time it is made; what it calls itself is counted with it. */
export function createCallBudgets(plan: RunPlan): CallBudgets {
  /** By the key of the call's frame; only those that have something to count. */
  const open = new Map<string, Meter>();

  /** Outermost first. */
  const around = ({ frames }: StageAddress): readonly Meter[] => {
    if (open.size === 0) return [];
    return frames.flatMap((step, depth) =>
      step.kind === "subpipeline" ? (open.get(frameKey(frames.slice(0, depth + 1))) ?? []) : [],
    );
  };

  const begin = (event: Extract<JournalEvent, { kind: "call-started" }>): void => {
    const budget = plan.callees.at(event.pipeline.path ?? "")?.ownBudget;
    if (budget === undefined || !limitsUse(budget)) return;
    const spender = { kind: "call", pipeline: event.pipeline.name } as const;
    open.set(frameKey([...event.address.frames, stepOf(event)]), {
      owner: event.address,
      limits: { budget, isPriced: plan.isPriced, spender },
      seq: event.seq,
      used: noUsage,
      isStopping: false,
    });
  };

  const take = (event: JournalEvent): OverspentCall | null => {
    if (event.kind === "call-started") begin(event);
    else if (event.kind === "call-finished") open.delete(frameKey([...event.address.frames, stepOf(event)]));
    else if (event.kind === "stage-ending") noteStop(event.address);
    else if (event.kind === "model-called" || event.kind === "model-answered") return count(event);
    return null;
  };

  const noteStop = (address: StageAddress): void => {
    const key = addressKey(address);
    for (const meter of open.values()) if (addressKey(meter.owner) === key) meter.isStopping = true;
  };

  const count = (
    event: Extract<JournalEvent, { kind: "model-called" | "model-answered" }>,
  ): OverspentCall | null => {
    let found: OverspentCall | null = null;
    for (const meter of around(event.address)) {
      if (event.kind === "model-answered") meter.used = addUsage(meter.used, event.usage);
      const failure = meter.isStopping ? null : failureAt(event, meter.limits, meter.used);
      if (failure !== null) found ??= { owner: meter.owner, failure };
    }
    return found;
  };

  return {
    take,
    takeOver: ({ events, own }) => {
      for (const event of events) {
        if (event.kind !== "model-called" && event.kind !== "model-answered") take(event);
      }
      for (const event of own) {
        if (event.kind !== "model-answered") continue;
        for (const meter of around(event.address))
          if (event.seq > meter.seq) meter.used = addUsage(meter.used, event.usage);
      }
      return [...open.values()].flatMap(({ owner, limits, used, isStopping }) => {
        const failure = isStopping ? null : overspent(limits, used, "before the run went on");
        return failure === null ? [] : [{ owner, failure }];
      });
    },
  };
}
