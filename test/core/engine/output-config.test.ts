import { expect, test } from "vitest";
import { advance, emptySchedule, forkRun, resumeRun } from "#core/engine";
import { type JournalEvent, standingEvents } from "#core/journal";
import type { AttemptEvent, Executor, Json, JsonObject } from "#core/ports";
import { begin, finish, outcomeOf, pipelineOf, refusals, stage } from "./support/index.ts";

test("a result is delivered once all stages have ended, as an attempt of $output_config", async () => {
  const told: Json[] = [];
  const { result, state, journal } = await finish(delivering([hook({})]), { executor: delivers(told) });
  expect(result.status).toBe("succeeded");
  expect(told).toEqual([
    {
      data: result.output,
      destinations: [hook({})],
      is_error: false,
      metadata: { run_id: "run0", pipeline_id: "p", pipeline_name: "p", pipeline_version: "1.0.0" },
      parallel: true,
      fail_on_error: false,
    },
  ]);
  expect(state.stages.get("$output_config")).toMatchObject({
    status: "succeeded",
    componentType: "output_router",
  });
  expect(journal.events.slice(-3).map(({ kind }) => kind)).toEqual([
    "stage-started",
    "stage-succeeded",
    "run-finished",
  ]);
});

test.each([
  ["on_error", { on_error: true }, 1],
  ["the type of the failure", { on_error: true, error_types: ["EXECUTION"] }, 1],
  ["another type", { on_error: true, error_types: ["TIMEOUT"] }, 0],
  ["nothing about failures", {}, 0],
  ["enabled false", { on_error: true, enabled: false }, 0],
])("a failed run goes to a destination with %s", async (_, destination, deliveries) => {
  const told: Json[] = [];
  const pipeline = delivering([hook(destination)], { fail: "EXECUTION" });
  const { result } = await finish(pipeline, { executor: delivers(told) });
  expect(result).toMatchObject({ status: "failed", failure: { stage: "a" } });
  expect(told).toHaveLength(deliveries);
  if (deliveries > 0)
    expect(told[0]).toMatchObject({
      data: null,
      is_error: true,
      error_message: result.failure?.message,
      metadata: { error_type: "EXECUTION", stage_id: "a" },
    });
});

test("a cancelled run delivers nothing", async () => {
  const told: Json[] = [];
  const { run } = begin(delivering([hook({ on_error: true })]), { executor: delivers(told) });
  run.cancel();
  expect(await run.finished).toMatchObject({ status: "cancelled" });
  expect(told).toEqual([]);
});

test("cancelling while a result is delivered stops the delivery, and the run ends cancelled", async () => {
  const started = Promise.withResolvers<void>();
  const executor: Executor = {
    run: (attempt, emit, signal) => {
      if (attempt.component.type !== "output_router") return emit(outcomeOf(attempt));
      started.resolve();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    },
  };
  const { run, journal } = begin(delivering([hook({})]), { executor });
  await started.promise;
  run.cancel();
  expect(await run.finished).toMatchObject({ status: "cancelled" });
  expect(journal.events.slice(-2).map(({ kind }) => kind)).toEqual(["stage-cancelled", "run-finished"]);
});

test("with fail_on_error a failed delivery fails the run, whose output stays", async () => {
  const pipeline = {
    ...delivering([hook({})]),
    output_config: { destinations: [hook({})], fail_on_error: true },
  };
  const failing = delivers([], {
    kind: "failed",
    failure: { type: "EXECUTION", message: "1 of 1 deliveries failed.", recoverable: true },
  });
  const { result } = await finish(pipeline, { executor: failing });
  expect(result).toMatchObject({
    status: "failed",
    failure: { stage: "$output_config", message: expect.stringContaining("was not delivered. 1 of 1") },
  });
  expect(result.output).toBeDefined();
});

test("a failure that cannot be delivered is said, and the run's own failure stays", async () => {
  const failing = delivers([], {
    kind: "failed",
    failure: { type: "VALIDATION", message: "no address", recoverable: false },
  });
  const { result, journal } = await finish(delivering([hook({ on_error: true })], { fail: "EXECUTION" }), {
    executor: failing,
  });
  expect(result.failure?.stage).toBe("a");
  expect(journal.events).toContainEqual(
    expect.objectContaining({ kind: "stage-log", message: "The failure was not delivered. no address" }),
  );
});

test("the scheduler takes a journal with a delivery for what it took in the run", async () => {
  const { plan, journal } = await finish(delivering([hook({})]), { executor: delivers([]) });
  const schedule = emptySchedule(plan);
  const commands: string[] = [];
  for (const event of journal.events) advance(schedule, event, ({ kind }) => commands.push(kind));
  expect(commands).toEqual(["start", "end-run"]);
});

test("what can never be delivered is a reason not to start", () => {
  const email = { id: "m", type: "email", name: "Mail", config: {} };
  expect(refusals(delivering([email]))).toEqual([
    expect.stringMatching(/^"output_config": .*nothing to the type "email"/),
  ]);
  expect(refusals(delivering([{ ...email, enabled: false }]))).toEqual([]);
  expect(refusals(delivering([hook({ payload_template: "{{ upstream.b.x }}" })]))).toEqual([
    '"output_config" reads "upstream.b", and there is no stage "b". Correct the name.',
  ]);
  expect(refusals(delivering([hook({ payload_template: "{{ 1 + }}" })]))).toHaveLength(1);
  expect(refusals({ ...delivering([]), output_config: { destinations: 7 } })).toEqual([
    '"output_config.destinations" must be a list, or one template that gives the list.',
  ]);
});

test("a run that was cut off goes on without delivering twice unasked", async () => {
  const told: Json[] = [];
  const pipeline = delivering([hook({})]);
  const { plan, journal, result } = await finish(pipeline, { executor: delivers(told) });
  const kinds = journal.events.map(({ kind }) => kind);
  const started = kinds.lastIndexOf("stage-started");
  for (let cut = 1; cut < kinds.length; cut++) {
    told.length = 0;
    const record = { events: journal.events.slice(0, cut), value: journal.value };
    const { startFrom, effects, unmapped } = resumeRun(plan, record);
    expect(unmapped).toEqual([]);
    // It may have arrived where the delivery had begun and had not ended.
    expect(effects.map((address) => address.stage)).toEqual(cut === started + 1 ? ["$output_config"] : []);
    const again = await finish(pipeline, { executor: delivers(told), startFrom, runId: "run0" });
    expect(again.result).toEqual(result);
    expect(told).toHaveLength(cut > started + 1 ? 0 : 1);
    const all = standingEvents([...record.events, ...again.journal.events]);
    expect(all.filter((event) => event.kind === "stage-succeeded" && isDelivery(event))).toHaveLength(1);
  }
});

test("a fork asks before it delivers another result", async () => {
  const told: Json[] = [];
  const { plan, journal } = await finish(delivering([hook({})]), { executor: delivers(told) });
  const origin = { runId: "run0", seq: journal.events.length - 1, changes: [] };
  const fork = forkRun(plan, journal, origin, { changeOf: () => null, outputOf: () => undefined });
  expect(fork).toMatchObject({ effects: [{ stage: "$output_config" }], unmapped: [], again: [] });
});

test("a delivery that is not known to have begun is not made", async () => {
  const told: Json[] = [];
  const { journal } = await finish(delivering([hook({})]), { executor: delivers([]) });
  const full = { ...journal, flush: () => Promise.reject(new Error("the disk is full")) };
  const { run } = begin(delivering([hook({})]), { executor: delivers(told), journal: full });
  await expect(run.finished).rejects.toThrow("the disk is full");
  expect(told).toEqual([]);
});

function isDelivery(event: JournalEvent): boolean {
  return "address" in event && event.address.stage === "$output_config";
}

function hook(more: object): Json {
  return { id: "w", type: "webhook", name: "Hook", config: { url: "http://a.example" }, ...more };
}

function delivering(destinations: readonly Json[], config: JsonObject = {}): object {
  return { ...pipelineOf(stage("a", "step", config)), name: "p", output_config: { destinations } };
}

/** Ends stages as the immediate executor does, and deliveries with `event`; keeps what it was told to deliver. */
function delivers(
  told: Json[],
  event: AttemptEvent = { kind: "succeeded", output: { all_succeeded: true } },
): Executor {
  return {
    run: (attempt, emit) => {
      if (attempt.component.type !== "output_router") return emit(outcomeOf(attempt));
      told.push(attempt.inputs);
      emit(event);
    },
  };
}
