import { Annotation, END, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import type { Contender } from "../measure.ts";
import type { Shape } from "../shapes.ts";
import { type StageOutput, stageWork } from "./stage-work.ts";

/** LangGraph.js with its in-memory checkpointer: the setting in which it, too, can travel in time. */
export function langGraph(shape: Shape): Contender {
  return {
    name: "LangGraph + MemorySaver",
    prepare: () => {
      const graph = compile(shape);
      let thread = 0;
      return async () => {
        thread += 1;
        const config = {
          configurable: { thread_id: String(thread) },
          recursionLimit: shape.dependencies.length + 10,
        };
        const result = await graph.invoke({ outputs: {} }, config);
        return Object.keys(result.outputs).length;
      };
    },
  };
}

const State = Annotation.Root({
  outputs: Annotation<Record<string, StageOutput>>({
    // Mutated in place: the fastest its users can do, and in its favour.
    reducer: (all, one) => Object.assign(all, one),
    default: () => ({}),
  }),
});

function compile(shape: Shape) {
  const graph = new StateGraph(State);
  // Its builder types know only node names that are literals; ours are made up at run time.
  const builder = graph as unknown as {
    addNode(name: string, run: () => Promise<{ outputs: Record<string, StageOutput> }>): void;
    addEdge(from: string | readonly string[], to: string): void;
  };
  const hasDependent = new Set(shape.dependencies.flat());
  shape.dependencies.forEach((_, stage) => {
    builder.addNode(`s${stage}`, async () => ({ outputs: { [stage]: await stageWork(stage) } }));
  });
  shape.dependencies.forEach((dependencies, stage) => {
    if (dependencies.length === 0) builder.addEdge(START, `s${stage}`);
    else if (dependencies.length === 1) builder.addEdge(`s${dependencies[0]}`, `s${stage}`);
    else
      builder.addEdge(
        dependencies.map((dependency) => `s${dependency}`),
        `s${stage}`,
      );
    if (!hasDependent.has(stage)) builder.addEdge(`s${stage}`, END);
  });
  return graph.compile({ checkpointer: new MemorySaver() });
}
