import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createTimeline,
  emptyRunState,
  foldRun,
  type JournalBody,
  type JournalEvent,
  type RunState,
} from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import { cases } from "../../support/soak.ts";

const failure = { type: "TIMEOUT", message: "slow", recoverable: true } as const;
const question = {
  id: "q",
  kind: "confirm",
  title: null,
  prompt: "?",
  options: [],
  default: null,
  answerers: [],
  expiresAt: null,
} as const;
const usage = { provider: "p", model: "m", inputTokens: 1, outputTokens: 2, durationMs: 3 };
const pipeline = { name: "p", path: null, hash: "h" };

const address: fc.Arbitrary<StageAddress> = fc.record({
  frames: fc.array(
    fc.record({
      kind: fc.constant("iteration" as const),
      owner: fc.constant("each"),
      index: fc.nat({ max: 1 }),
    }),
    { maxLength: 1 },
  ),
  stage: fc.constantFrom("a", "b", "__proto__"),
});
const ref = fc.constantFrom("r1", "r2").map((name) => ({ ref: name }));
const attempt = fc.nat({ max: 3 });
const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);
const common = { address, attempt };

/** Any event after any other: what a journal means is no matter here, only that both ways say the same. */
const body: fc.Arbitrary<JournalBody> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind("stage-started"),
      ...common,
      attemptKey: kind("k"),
      componentType: kind("c"),
      inputs: ref,
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: kind("stage-delta"),
      ...common,
      channel: fc.constantFrom("output" as const, "reasoning" as const),
      text: kind("x"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind("stage-succeeded"), ...common, output: ref }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("stage-failed"),
      ...common,
      failure: fc.constant(failure),
      next: fc.constantFrom({ kind: "retry", delayMs: 1 } as const, { kind: "propagate" } as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind("stage-skipped"), address, reason: kind("no"), cause: kind("branch") }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind("stage-cancelled"), ...common }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("model-answered"), ...common, usage: fc.constant(usage) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind("question-asked"), ...common, question: fc.constant(question) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("question-closed"),
      ...common,
      id: kind("q"),
      end: fc.constant({ kind: "expired" } as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("stage-decided"),
      ...common,
      output: ref,
      decision: fc.constant({ kind: "try" } as never),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind("variable-set"),
      address,
      name: fc.constantFrom("v", "__proto__"),
      value: ref,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind("value-overridden"),
      address,
      attempt,
      target: fc.constantFrom(
        { kind: "inputs" } as const,
        { kind: "output" } as const,
        { kind: "variable", name: "v" } as const,
      ),
      path: fc.constantFrom([], ["a", 0]),
      before: ref,
      value: ref,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind("arm-started"), address, arm: kind("try"), attempt }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("run-started"),
      format: fc.constant(1 as const),
      runId: kind("r"),
      pipeline: fc.constant(pipeline),
      input: ref,
      provider: fc.constant(null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("run-finished"),
      status: kind("failed"),
      output: ref,
      failure: fc.constant({ ...failure, stage: "a" }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind("run-resumed"),
      fork: fc.constant(null),
      again: fc.array(address, { maxLength: 3 }),
      reopened: fc.array(fc.record({ address, output: fc.option(ref) }), { maxLength: 2 }),
      variables: fc.array(
        fc.record({
          frames: address.map(({ frames }) => frames),
          name: fc.constantFrom("v", "__proto__"),
          value: fc.option(ref),
        }),
        { maxLength: 2 },
      ),
      dropped: fc.constant([]),
    }),
  },
);

const journal: fc.Arbitrary<readonly JournalEvent[]> = fc
  .array(body, { maxLength: 150, size: "max" })
  .map((bodies) => bodies.map((each, seq) => ({ seq, at: seq * 10, ...each })));

/** The state with its views made into maps, in their order. */
function plain({ stages, variables, ...rest }: RunState): object {
  return { ...rest, stages: [...stages], variables: [...variables].map(([key, value]) => [key, [...value]]) };
}

describe("a timeline", () => {
  test("at any event is what the fold of all events up to it is", () => {
    fc.assert(
      fc.property(journal, (events) => {
        const timeline = createTimeline(events);
        for (let seq = -1; seq < events.length; seq++)
          expect(plain(timeline.stateAt(seq))).toEqual(plain(foldRun(events.slice(0, seq + 1))));
      }),
      { seed: 20261126, numRuns: cases(70, 1500) },
    );
  });

  test("grown event by event, its earlier states stay as they were", () => {
    fc.assert(
      fc.property(journal, (events) => {
        const timeline = createTimeline([]);
        const seen = [timeline.stateAt(-1)];
        for (const event of events) {
          timeline.append(event);
          seen.push(timeline.stateAt(event.seq));
        }
        for (const [count, state] of seen.entries())
          expect(plain(state)).toEqual(plain(foldRun(events.slice(0, count))));
      }),
      { seed: 20261126, numRuns: cases(25, 500) },
    );
  });

  test("tells of a stage which events are about it, and of one that is unknown nothing", () => {
    fc.assert(
      fc.property(journal, (events) => {
        const timeline = createTimeline(events);
        const state = foldRun(events);
        for (const key of state.stages.keys()) {
          const own = events.filter(
            (event) =>
              event.kind.startsWith("stage-") && "address" in event && addressKey(event.address) === key,
          );
          expect(timeline.seqsOf(key)).toEqual(expect.arrayContaining(own.map(({ seq }) => seq)));
        }
        expect(timeline.seqsOf("nobody")).toEqual([]);
        expect(timeline.stateAt(events.length).stages.get("nobody")).toBeUndefined();
        expect(timeline.stateAt(events.length).stages.has("nobody")).toBe(false);
      }),
      { seed: 20261126, numRuns: cases(15, 300) },
    );
    expect(plain(createTimeline([]).stateAt(7))).toEqual(plain(emptyRunState()));
  });

  test("lists the stages of a resume in the order in which the fold makes them", () => {
    const [a, b] = [
      { frames: [], stage: "a" },
      { frames: [], stage: "b" },
    ] as const;
    const resumed: JournalEvent = {
      seq: 0,
      at: 0,
      kind: "run-resumed",
      fork: null,
      again: [b],
      reopened: [a, b].map((each) => ({ address: each, output: null })),
      variables: [],
      dropped: [],
    };
    expect(plain(createTimeline([resumed]).stateAt(0))).toEqual(plain(foldRun([resumed])));
  });

  test("of a journal with a gap, the state is that of what is left", () => {
    const [first, , third] =
      fc.sample(journal, { seed: 4, numRuns: 20 }).find(({ length }) => length > 2) ?? [];
    if (first === undefined || third === undefined) throw new Error("no journal is long enough");
    const timeline = createTimeline([first, third]);
    expect(plain(timeline.stateAt(1))).toEqual(plain(foldRun([first])));
    expect(plain(timeline.stateAt(2))).toEqual(plain(foldRun([first, third])));
  });
});
