import { planRun, type RunPlan, startRun } from "../../core/engine/index.ts";
import type { JournalSink } from "../../core/journal/index.ts";
import { parsePipeline } from "../../core/pipeline/index.ts";
import type { Executor, Json } from "../../core/ports/index.ts";
import { createNodePorts } from "../../host/index.ts";

const ports = createNodePorts({ workspaceRoot: process.cwd(), env: {}, providers: {} });

/** A chain of stages, each of which depends on the one before; with `carry` each is also given its output. */
export function planChain(stages: number, carry: "carry" | "order-only"): RunPlan {
  const list = Array.from({ length: stages }, (_, stage) => ({
    id: `s${stage}`,
    component_type: "logger",
    config: { message: carry === "carry" && stage > 0 ? `{{ upstream.s${stage - 1}.text }}` : "a stage" },
    depends_on: stage === 0 ? [] : [`s${stage - 1}`],
  }));
  const text = JSON.stringify({ name: "chain", version: "1.0.0", stages: list });
  const planned = planRun(parsePipeline(text), { input: {} });
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
  return planned.plan;
}

/** Runs it: a stage waits for `work` and gives a text of `bytes` characters that no other gives. */
export async function runChain(
  plan: RunPlan,
  journal: JournalSink,
  { bytes, work }: { readonly bytes: number; readonly work: () => Promise<void> },
): Promise<number> {
  let ran = 0;
  const executor: Executor = {
    run: async (_attempt, emit) => {
      await work();
      emit({ kind: "succeeded", output: outputOf(ran, bytes) });
      ran += 1;
    },
  };
  const result = await startRun(plan, { executor, clock: ports.clock, random: ports.random, journal })
    .finished;
  if (result.status !== "succeeded") throw new Error(result.failure?.message ?? result.status);
  return ran;
}

/** What a stage gives: about so many bytes, and no other stage's. */
export function outputOf(stage: number, bytes: number): Json {
  const name = `${stage}:`;
  return { text: name + "x".repeat(Math.max(0, bytes - name.length - '{"text":""}'.length)) };
}

/** A journal that keeps nothing: what a run costs without one. It still has to hash values, to refer to them. */
export function noJournal(): JournalSink {
  const ref = { ref: "none" };
  return { append: () => {}, put: () => ref, putEncoded: () => ref, flush: () => Promise.resolve() };
}
