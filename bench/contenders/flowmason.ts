// By path: `#core/…` is the product's own, and the benchmark is a package of its own.
import { planRun, startRun } from "../../core/engine/index.ts";
import { createNdjsonSink } from "../../core/journal/index.ts";
import { parsePipeline } from "../../core/pipeline/index.ts";
import type { Executor, Json } from "../../core/ports/index.ts";
import { createNodePorts } from "../../host/index.ts";
import type { Contender } from "../measure.ts";
import type { Shape } from "../shapes.ts";
import { stageWork } from "./stage-work.ts";

/**
 * Ours as it ships: inputs, outputs and every event encoded as a journal file's lines, from which any point of
 * the run can be opened again. The lines go to memory, as LangGraph's checkpoints do.
 */
const ports = createNodePorts({ workspaceRoot: process.cwd(), env: {}, providers: {} });

export function flowMason(shape: Shape): Contender {
  return {
    name: "FlowMason, journal on",
    prepare: () => {
      const planned = planRun(parsePipeline(pipelineText(shape)), { input: {} });
      if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
      return async () => {
        const lines: string[] = [];
        let ran = 0;
        const executor: Executor = {
          run: async (attempt, emit) => {
            const output = await stageWork(Number(attempt.address.stage.slice(1)));
            ran += 1;
            // The same plain object that the other contenders keep.
            emit({ kind: "succeeded", output: output as unknown as Json });
          },
        };
        const writer = { write: (text: string) => void lines.push(text), flush: () => Promise.resolve() };
        const journal = createNdjsonSink(writer);
        const run = startRun(planned.plan, { executor, clock: ports.clock, random: ports.random, journal });
        const result = await run.finished;
        if (result.status !== "succeeded") throw new Error(result.failure?.message ?? result.status);
        return ran;
      };
    },
  };
}

function pipelineText(shape: Shape): string {
  const stages = shape.dependencies.map((dependencies, stage) => ({
    id: `s${stage}`,
    component_type: "logger",
    config: { message: "a stage of the benchmark" },
    depends_on: dependencies.map((dependency) => `s${dependency}`),
  }));
  const last = stages.length - 1;
  return JSON.stringify({ name: shape.name, version: "1.0.0", stages, output_stage_id: `s${last}` });
}
