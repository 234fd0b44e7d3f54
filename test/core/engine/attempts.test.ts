import { describe, expect, test } from "vitest";
import { startRun } from "#core/engine";
import { createMemoryJournal, foldRun } from "#core/journal";
import type { Executor } from "#core/ports";
import {
  begin,
  heldExecutor,
  immediate,
  manualClock,
  pipelineOf,
  planned,
  settled,
  stage,
  statuses,
} from "./support/index.ts";

const failing = { fail: "CONNECTIVITY", recoverable: true };

describe("retries", () => {
  test("attempts are one and the retries; waits grow, with chance from the port, and can be waited out", async () => {
    const { run, journal, clock } = begin(
      pipelineOf(
        stage("a", "step", failing, {
          retry_config: { max_retries: 2, initial_delay_ms: 1000, backoff_multiplier: 3, max_delay_ms: 2000 },
        }),
      ),
    );
    await settled();
    const waits = (): readonly number[] =>
      journal.events.flatMap((event) =>
        event.kind === "stage-failed" && event.next.kind === "retry" ? [event.next.delayMs] : [],
      );
    expect(waits()).toEqual([1000]);
    await clock.advance(999);
    expect(waits()).toEqual([1000]);
    await clock.advance(1);
    expect(waits()).toEqual([1000, 2000]);
    await clock.advance(2000);
    const result = await run.finished;
    expect(result.failure).toMatchObject({
      type: "CONNECTIVITY",
      stage: "a",
      message: "failed as told (after 3 attempts)",
    });
    expect(journal.events.filter(({ kind }) => kind === "stage-started")).toHaveLength(3);
    const keys = journal.events.flatMap((event) =>
      event.kind === "stage-started" ? [event.attemptKey] : [],
    );
    expect(new Set(keys).size).toBe(3);
  });

  test("what trying again cannot help is not tried again", async () => {
    const { run, journal } = begin(pipelineOf(stage("a", "step", { fail: "SECURITY" }, { retry: 5 })));
    await run.finished;
    expect(journal.events.filter(({ kind }) => kind === "stage-started")).toHaveLength(1);
  });

  test("a wait is cancelled with the run", async () => {
    const { run, journal, clock } = begin(pipelineOf(stage("a", "step", failing, { retry: 3 })));
    await settled();
    expect(clock.sleepers).toBe(1);
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
    expect(clock.sleepers).toBe(0);
    expect(statuses(foldRun(journal.events))).toEqual({ a: "cancelled" });
  });
});

describe("time limits", () => {
  test("an attempt that takes too long fails with TIMEOUT and is told to stop; each attempt has its own limit", async () => {
    const executor = heldExecutor();
    const { run, journal, clock } = begin(pipelineOf(stage("a", "slow", {}, { timeout_ms: 200, retry: 1 })), {
      executor,
    });
    await settled();
    await clock.advance(199);
    expect(executor.running).toHaveLength(1);
    await clock.advance(1);
    expect(executor.running).toHaveLength(0);
    await clock.advance(60_000);
    const result = await run.finished;
    expect(result.failure).toMatchObject({ type: "TIMEOUT", stage: "a" });
    expect(journal.events.filter(({ kind }) => kind === "stage-started")).toHaveLength(2);
  });

  test("the component's own limit counts where the stage has none, and one timer serves all", async () => {
    const executor = heldExecutor();
    const { run, clock } = begin(
      pipelineOf(stage("a", "slow"), stage("b", "slow"), stage("c", "slow", {}, { timeout_ms: 500 })),
      { executor },
    );
    await settled();
    expect(clock.sleepers).toBe(1);
    await clock.advance(50);
    expect((await run.finished).failure).toMatchObject({ type: "TIMEOUT" });
    expect(clock.sleepers).toBe(0);
  });

  test("the pipeline's limit ends the run, saying so", async () => {
    const executor = heldExecutor();
    const { run, clock, journal } = begin({ ...pipelineOf(stage("a", "step")), timeout: "2s" }, { executor });
    await settled();
    await clock.advance(2000);
    expect((await run.finished).failure).toMatchObject({ type: "TIMEOUT", stage: null });
    expect(statuses(foldRun(journal.events))).toEqual({ a: "cancelled" });
  });
});

describe("the pipeline's limit and the debugger", () => {
  test("time in which the run stands at a gate does not count", async () => {
    let go = (): void => {};
    const executor = heldExecutor();
    const { run, clock } = begin(
      { ...pipelineOf(stage("a", "step")), timeout: "2s" },
      {
        executor,
        gate: (point) => (point.kind === "before" ? new Promise((resolve) => (go = resolve)) : undefined),
      },
    );
    await settled();
    await clock.advance(60_000);
    go();
    await settled();
    await clock.advance(1000);
    expect(executor.running).toHaveLength(1);
    await clock.advance(1000);
    expect((await run.finished).failure).toMatchObject({ type: "TIMEOUT", stage: null });
  });
});

describe("cancelling", () => {
  test("reaches attempts that run through their signal; nothing starts after it", async () => {
    const executor = heldExecutor();
    const { run, journal } = begin(
      pipelineOf(stage("a", "step"), stage("b", "step"), stage("c", "step", {}, { depends_on: ["a"] })),
      { executor },
    );
    await settled();
    run.cancel();
    run.cancel();
    expect(await run.finished).toEqual({ status: "cancelled", output: undefined, failure: null });
    expect(statuses(foldRun(journal.events))).toEqual({ a: "cancelled", b: "cancelled", c: "skipped" });
  });

  test("before the first stage: none starts", async () => {
    const { run, journal } = begin(
      pipelineOf(stage("a", "step"), stage("b", "step", {}, { trigger_rule: "always" })),
    );
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
    expect(journal.events.some(({ kind }) => kind === "stage-started")).toBe(false);
    expect(statuses(foldRun(journal.events))).toEqual({ a: "cancelled", b: "cancelled" });
  });

  test("by a signal that was given", async () => {
    const stop = new AbortController();
    const { run } = begin(pipelineOf(stage("a", "step")), { executor: heldExecutor(), signal: stop.signal });
    await settled();
    stop.abort();
    expect((await run.finished).status).toBe("cancelled");
  });

  test("an executor that does not stop is waited for a while, and then no more", async () => {
    let told = false;
    const executor: Executor = {
      run: (_attempt, _emit, signal) => {
        signal.addEventListener("abort", () => {
          told = true;
        });
        return new Promise(() => {});
      },
    };
    const { run, clock } = begin(pipelineOf(stage("a", "step")), { executor });
    let over = false;
    const finished = run.finished.then(() => {
      over = true;
    });
    await settled();
    run.cancel();
    await settled();
    expect([told, over]).toEqual([true, false]);
    await clock.advance(5000);
    await finished;
    expect(over).toBe(true);
  });
});

describe("a stop at a gate", () => {
  test("before another attempt: cancelled there, the stage is cancelled and not tried again", async () => {
    let go = (): void => {};
    const { run, journal, clock } = begin(pipelineOf(stage("a", "step", failing, { retry: 3 })), {
      gate: (point) => (point.kind === "before" ? undefined : new Promise((resolve) => (go = resolve))),
    });
    await settled();
    run.cancel();
    go();
    expect((await run.finished).status).toBe("cancelled");
    expect(clock.sleepers).toBe(0);
    expect(statuses(foldRun(journal.events))).toEqual({ a: "cancelled" });
    expect(journal.events.filter(({ kind }) => kind === "stage-started")).toHaveLength(1);
  });
});

describe("executors that break", () => {
  test("one that throws, rejects or ends without an outcome is a defect; what is known is recorded", async () => {
    const broken: readonly Executor[] = [
      { run: () => Promise.reject(new Error("oops")) },
      { run: () => Promise.resolve() },
      {
        run: () => {
          throw new Error("oops");
        },
      },
      { run: () => {} },
    ];
    for (const executor of broken) {
      const { run, journal } = begin(
        pipelineOf(stage("a", "step"), stage("b", "step", {}, { depends_on: ["a"] })),
        { executor },
      );
      await expect(run.finished).rejects.toThrow(/oops|without telling how/);
      const state = foldRun(journal.events);
      expect(statuses(state)).toEqual({ a: "failed", b: "skipped" });
      expect(state.status).toBe("failed");
    }
  });

  test("one that rejects because it was told to stop is not broken", async () => {
    const executor: Executor = {
      run: (_attempt, _emit, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    };
    const { run } = begin(pipelineOf(stage("a", "step")), { executor });
    await settled();
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
  });

  test("what an executor says after its outcome is not heard", async () => {
    const executor: Executor = {
      run: (attempt, emit, signal) => {
        void immediate.run(attempt, emit, signal);
        emit({ kind: "failed", failure: { type: "EXECUTION", message: "too late", recoverable: false } });
        emit({ kind: "log", level: "info", message: "too late" });
      },
    };
    const { run, journal } = begin(pipelineOf(stage("a", "step")), { executor });
    expect((await run.finished).status).toBe("succeeded");
    expect(JSON.stringify(journal.events)).not.toContain("too late");
  });

  test("what it tells while it runs is in the journal, in order", async () => {
    const executor: Executor = {
      run: (_attempt, emit) => {
        emit({ kind: "delta", channel: "output", text: "He" });
        emit({ kind: "delta", channel: "output", text: "llo" });
        emit({ kind: "log", level: "info", message: "said it", values: { n: 1 } });
        emit({
          kind: "model-answered",
          usage: { provider: "p", model: "m", inputTokens: 1, outputTokens: null, durationMs: 2 },
        });
        emit({ kind: "succeeded", output: "Hello" });
      },
    };
    const plan = planned(pipelineOf(stage("a", "step")));
    const journal = createMemoryJournal();
    const heard: string[] = [];
    const run = startRun(plan, {
      executor,
      clock: manualClock(),
      random: { next: () => 0, id: () => "r" },
      journal,
      onEvent: ({ kind }) => heard.push(kind),
    });
    await run.finished;
    expect(heard).toEqual([
      "run-started",
      "stage-started",
      "stage-delta",
      "stage-delta",
      "stage-log",
      "model-answered",
      "stage-succeeded",
      "run-finished",
    ]);
    expect(journal.events.map(({ kind }) => kind)).toEqual(heard);
    expect(journal.events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(foldRun(journal.events).stages.get("a")).toMatchObject({
      status: "succeeded",
      usage: [{ model: "m" }],
    });
  });
});
