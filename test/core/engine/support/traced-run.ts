import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import {
  causeWords,
  type Override,
  placeWords,
  type RecordView,
  type ValuePlace,
  type ValueTrace,
  viewRecord,
} from "#core/engine";
import { createTimeline } from "#core/journal";
import type { ExecutionPorts, FrameStep, StageAddress } from "#core/ports";
import { begin, catalogOf, manualClock, type TestRun } from "./index.ts";

/** Ports of a run that asks nobody but a model, which fails as often as it is told to before it answers. */
function portsFailing(times: number): ExecutionPorts {
  let left = times;
  const none = (): Promise<never> => Promise.reject(new Error("nothing of this is used here"));
  return {
    clock: manualClock(),
    http: { send: none },
    models: {
      generate: async ({ messages, provider }) => {
        if (left-- > 0)
          return { ok: false, failure: { type: "CONNECTIVITY", message: "away", recoverable: true } };
        const text = `about ${messages.at(-1)?.content}`;
        const usage = { provider, model: "echo", inputTokens: null, outputTokens: null, durationMs: 0 };
        return { ok: true, text, finishReason: "stop", usage };
      },
    },
    files: { read: async () => undefined, list: async () => [], write: none },
    secrets: { get: async () => undefined },
    processes: { run: none },
    people: { ask: none },
  };
}

export async function ran(
  pipeline: object,
  { input = {}, fails = 0, pipelines = {}, byHand = null }: Partial<Wanted> = {},
): Promise<TestRun> {
  let begun: TestRun | null = null;
  const clock = manualClock();
  begun = begin(pipeline, {
    clock,
    executor: createExecutor(portsFailing(fails)),
    plan: { definitions: componentDefinitions, input, pipelines: catalogOf(pipelines), env: { HOME: "/h" } },
    gate: async (point) => {
      await Promise.resolve();
      if (byHand !== null && `${point.kind} ${point.stage}` === byHand.at)
        begun?.run.override({ ...byHand.set, address: point.address });
    },
  });
  let isOver = false;
  const finished = begun.run.finished.then(() => {
    isOver = true;
  });
  // Retries wait for the clock.
  while (!isOver) {
    await new Promise(setImmediate);
    await clock.advance(500);
  }
  await finished;
  return begun;
}

interface Wanted {
  readonly input: object & Record<string, string>;
  readonly fails: number;
  readonly pipelines: Readonly<Record<string, object>>;
  readonly byHand: { readonly at: string; readonly set: Omit<Override, "address"> } | null;
}

export function viewOf({ plan, journal }: TestRun): RecordView {
  return viewRecord(plan, createTimeline(journal.events), (ref) => {
    const value = journal.value(ref);
    if (value === undefined) throw new Error(`no value ${ref.ref}`);
    return value;
  });
}

/** A trace as lines: each place with how the value came there, then what the last was made of. */
export function lines({ steps, of }: ValueTrace): readonly string[] {
  return [
    ...steps.map(({ place, cause }) => `${placeWords(place)}: ${causeWords(cause)}`),
    ...of.map(({ place }) => `of ${placeWords(place)}`),
  ];
}

export function traced(run: TestRun, place: ValuePlace): ValueTrace {
  return viewOf(run).traceValue({ place, seq: Number.POSITIVE_INFINITY });
}

export function at(id: string, ...frames: readonly FrameStep[]): StageAddress {
  return { frames, stage: id };
}
