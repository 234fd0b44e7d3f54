import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { AttemptEvent, Executor, StageAttempt } from "#core/ports";
import { catalogOf, finish, outcomeOf, pipelineOf, stage, statuses } from "./support/index.ts";

const pipeline = {
  ...pipelineOf(
    stage("start", "step", { value: { items: [1, 2, 3] } }),
    stage("each", "foreach", { items: "{{ upstream.start.items }}", loop_stages: ["set", "body"] }),
    stage("set", "variable_set", { name: "v", value: "{{ item }}" }),
    stage("body", "step", { value: "{{ vars.v }} of {{ input.q }}" }, { depends_on: ["set"] }),
    stage("check", "conditional", { taken: "true", true_stages: ["bad"], false_stages: ["never"] }),
    stage("bad", "step", { fail: "EXECUTION" }, { on_error: "continue" }),
    stage("never", "step"),
    stage(
      "call",
      "subpipeline",
      { pipeline_id: "child", input_data: { n: "{{ matrix.n }}" } },
      {
        strategy: { matrix: { n: [1, 2] }, max_parallel: 1 },
      },
    ),
    stage("end", "step", { value: "{{ upstream.each.results }}" }, { depends_on: ["bad", "each", "call"] }),
  ),
  concurrency: { max_parallel: 1 },
};

const pipelines = catalogOf({
  "child.json": { ...pipelineOf(stage("twice", "step", { value: "{{ input.n * 2 }}" })), name: "child" },
});

describe("an executor across a process boundary", () => {
  test("leaves a journal equal to that of one in this process", async () => {
    const here: Executor = {
      run: async (attempt, emit) => {
        // As a process does, it takes its time: nothing is answered before the run has done what it can.
        await new Promise((resolve) => setImmediate(resolve));
        emit({ kind: "log", level: "info", message: `at ${attempt.key}` });
        emit(outcomeOf(attempt));
      },
    };
    const inProcess = await finish(pipeline, { executor: here, plan: { input: { q: "all" }, pipelines } });
    const there = processExecutor();
    try {
      const across = await finish(pipeline, { executor: there, plan: { input: { q: "all" }, pipelines } });
      expect(across.result).toEqual(inProcess.result);
      expect(across.journal.events).toEqual(inProcess.journal.events);
      expect(across.result.output).toEqual(["1 of all", "2 of all", "3 of all"]);
      expect(statuses(across.state)["call[1]/call>child/twice"]).toBe("succeeded");
    } finally {
      there.dispose();
    }
  });
});

function processExecutor(): Executor & { dispose(): void } {
  const script = fileURLToPath(new URL("./executor-process.ts", import.meta.url));
  const child = spawn(process.execPath, ["--no-warnings", script], { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map<
    number,
    { readonly emit: (event: AttemptEvent) => void; readonly done: () => void }
  >();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, event }: { readonly id: number; readonly event: AttemptEvent } = JSON.parse(line);
    const entry = waiting.get(id);
    entry?.emit(event);
    if (event.kind !== "succeeded" && event.kind !== "failed") return;
    waiting.delete(id);
    entry?.done();
  });
  let next = 0;
  return {
    run: (attempt: StageAttempt, emit) =>
      new Promise<void>((done) => {
        const id = next++;
        waiting.set(id, { emit, done });
        child.stdin.write(`${JSON.stringify({ id, attempt })}\n`);
      }),
    dispose: () => {
      child.kill();
    },
  };
}
