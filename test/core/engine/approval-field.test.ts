import { describe, expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import type { Answer, Question } from "#core/ports";
import { createNodePorts } from "#host";
import { begin, finish, pipelineOf, stage, statuses } from "./support/index.ts";

const definitions = componentDefinitions;

/** Someone who answers each question, and remembers what was asked. */
function answering(value: Answer["value"]): {
  readonly asked: Question[];
  readonly options: { readonly executor: ReturnType<typeof createExecutor>; readonly plan: object };
} {
  const asked: Question[] = [];
  const ports = createNodePorts({
    workspaceRoot: "/",
    env: {},
    providers: {},
    people: {
      ask: async (question) => {
        asked.push(question);
        return { kind: "answered", answer: { value, by: "ada", via: "test" } };
      },
    },
  });
  return { asked, options: { executor: createExecutor(ports), plan: { definitions, input: { n: 3 } } } };
}

const deploy = (more: object): ReturnType<typeof pipelineOf> =>
  pipelineOf(
    stage("deploy", "logger", { message: "deploying" }, { ...more }),
    stage("after", "logger", { message: "after" }, { depends_on: ["deploy"] }),
  );

describe("a stage that needs approval", () => {
  test("runs after a yes, with the question in the journal before its start", async () => {
    const { asked, options } = answering(true);
    const { result, journal } = await finish(deploy({ approval: "Deploy {{ input.n }}?" }), options);
    expect(result.status).toBe("succeeded");
    expect(asked).toMatchObject([{ id: "deploy#0", kind: "confirm", prompt: "Deploy 3?" }]);
    expect(journal.events.map(({ kind }) => kind).slice(1, 5)).toEqual([
      "question-asked",
      "question-closed",
      "stage-started",
      "stage-log",
    ]);
  });

  test("fails after a no, and what depends on it does not run", async () => {
    const { result, state } = await finish(deploy({ approve: true }), answering(false).options);
    expect(result.failure).toMatchObject({
      stage: "deploy",
      message: 'The stage "deploy" was not run: ada refused it.',
    });
    expect(statuses(state)).toEqual({ after: "skipped", deploy: "failed" });
  });

  test("or is skipped, where it says so", async () => {
    const approval = { question: "Deploy?", on_refusal: "skip" };
    const { result, state, journal } = await finish(
      pipelineOf(
        stage("deploy", "logger", { message: "x" }, { approval }),
        stage("other", "logger", { message: "y" }),
      ),
      answering(false).options,
    );
    expect(result.status).toBe("succeeded");
    expect(state.stages.get("deploy")).toMatchObject({ status: "skipped", reason: "ada refused it" });
    expect(journal.events).toContainEqual(
      expect.objectContaining({ kind: "stage-skipped", cause: "refused" }),
    );
  });

  test("with on_error continue lets the run go on", async () => {
    const { result, state } = await finish(
      deploy({ approval: true, on_error: "continue" }),
      answering(false).options,
    );
    expect(result.status).toBe("succeeded");
    expect(statuses(state)).toEqual({ after: "succeeded", deploy: "failed" });
  });

  test("waits: what else can run does, and the state tells the question", async () => {
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const otherDone = Promise.withResolvers<void>();
    const ports = createNodePorts({
      workspaceRoot: "/",
      env: {},
      providers: {},
      people: {
        ask: async () => {
          asked.resolve();
          await answer.promise;
          return { kind: "answered", answer: { value: true, by: null, via: "test" } };
        },
      },
    });
    const { run, journal } = begin(
      pipelineOf(
        stage("deploy", "logger", { message: "x" }, { approval: "Deploy?" }),
        stage("other", "logger", { message: "y" }),
      ),
      {
        executor: createExecutor(ports),
        plan: { definitions },
        onEvent: (event) => {
          if (event.kind === "stage-succeeded" && event.address.stage === "other") otherDone.resolve();
        },
      },
    );
    await Promise.all([asked.promise, otherDone.promise]);
    const { foldRun } = await import("#core/journal");
    expect(foldRun(journal.events).stages.get("deploy")).toMatchObject({
      status: "waiting",
      question: { prompt: "Deploy?" },
    });
    answer.resolve();
    expect((await run.finished).status).toBe("succeeded");
    expect(foldRun(journal.events).stages.get("deploy")).toMatchObject({
      status: "succeeded",
      question: null,
    });
  });

  test("is cancelled while it waits", async () => {
    const asked = Promise.withResolvers<void>();
    const ports = createNodePorts({
      workspaceRoot: "/",
      env: {},
      providers: {},
      people: {
        ask: (_question, _from, signal) =>
          new Promise((resolve) => {
            asked.resolve();
            signal.addEventListener("abort", () => resolve({ kind: "unanswerable", reason: "gone" }));
          }),
      },
    });
    const { run } = begin(deploy({ approval: true }), {
      executor: createExecutor(ports),
      plan: { definitions },
    });
    await asked.promise;
    run.cancel();
    expect((await run.finished).status).toBe("cancelled");
  });

  test("is asked once, however often it is tried again", async () => {
    const { asked, options } = answering(true);
    const failing = stage(
      "s",
      "http_request",
      { url: "http://localhost:1/", timeout: 1 },
      { approval: true, retry: { max_retries: 1, initial_delay_ms: 100, max_delay_ms: 1000 } },
    );
    const { run, clock } = begin(pipelineOf(failing), {
      ...options,
      onEvent: (event) => {
        if (event.kind === "stage-failed") queueMicrotask(() => clock.advance(5000));
      },
    });
    expect((await run.finished).status).toBe("failed");
    expect(asked).toHaveLength(1);
  });
});
