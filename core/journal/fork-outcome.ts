import type { Json } from "#core/ports";
import type { RecordedRun } from "./read-journal.ts";
import { foldRun, type RunState } from "./run-state.ts";
import { countUsage, noUsage, type UsageTotals } from "./usage-totals.ts";

/** How a fork ended, and what it took beside what it took over. */
export interface ForkOutcome {
  readonly status: RunState["status"];
  /** The output of the run; undefined where it has none. */
  readonly output: Json | undefined;
  /** The output of the stage that is looked at; undefined where none is, or it has none. */
  readonly stageOutput: Json | undefined;
  /** Why it failed. */
  readonly failure: string | null;
  /** Milliseconds from where it went on from the record to its end; null where it has not ended. */
  readonly durationMs: number | null;
  readonly usage: UsageTotals;
}

/** What a stage gave, by its id in the file: once, or in each of its rounds, with the key of where. */
export function outputsOfStage(
  { events, value }: RecordedRun,
  id: string,
): readonly { readonly address: string; readonly output: Json }[] {
  return [...foldRun(events).stages].flatMap(
    ([
      address,
      {
        address: { stage },
        output,
      },
    ]) => {
      const given = stage === id && output !== null ? value(output) : undefined;
      return given === undefined ? [] : [{ address, output: given }];
    },
  );
}

/** What came of a fork; `stage` is the one that is looked at, as addresses name it. */
export function forkOutcome({ events, value }: RecordedRun, stage: string | null): ForkOutcome {
  const { status, output, failure, finishedAt, stages } = foldRun(events);
  const went = events.findLastIndex(({ kind }) => kind === "run-resumed");
  const began = events[Math.max(0, went)]?.at ?? null;
  const stageOutput = stage === null ? null : (stages.get(stage)?.output ?? null);
  return {
    status,
    output: output === null ? undefined : value(output),
    stageOutput: stageOutput === null ? undefined : value(stageOutput),
    failure: failure === null ? null : `${failure.stage ?? "The run"}: ${failure.message}`,
    durationMs: began === null || finishedAt === null ? null : finishedAt - began,
    usage: events.slice(went + 1).reduce(countUsage, noUsage),
  };
}
