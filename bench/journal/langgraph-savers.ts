import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  Annotation,
  type BaseCheckpointSaver,
  END,
  MemorySaver,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { milliseconds, timed, verdict } from "./figures.ts";
import { outputOf } from "./recorded-chain.ts";

/** What ours took for the same chain, in milliseconds: with the journal in memory, and in a file. */
export interface ComparedChain {
  readonly stages: number;
  readonly bytes: number;
  readonly inMemory: number;
  readonly inFile: number;
}

/**
 * The same chain in LangGraph, with both savers that need no server. It keeps the whole state at each step, so that it
 * is left out where that would be gigabytes. SqliteSaver runs over libsql, which has better-sqlite3's interface and
 * brings its binary along: better-sqlite3 itself would have to run a script when it is installed.
 */
export async function measureLangGraph(root: string, ours: ComparedChain): Promise<void> {
  if (ours.bytes > 1024)
    return console.log("    LangGraph: not run, it would store about half the payload a thousand times");
  const memory = new MemorySaver();
  const memoryTimes = await runLangGraph(memory, ours);
  tell("MemorySaver", memoryTimes, ours.inMemory, bytesIn(memory), ours);

  const path = join(root, "langgraph.db");
  const sqlite = SqliteSaver.fromConnString(path);
  const sqliteTimes = await runLangGraph(sqlite, ours);
  sqlite.db.close();
  tell("SqliteSaver", sqliteTimes, ours.inFile, (await stat(path)).size, ours);
}

interface Times {
  readonly run: number;
  readonly restore: number;
}

async function runLangGraph(saver: BaseCheckpointSaver, { stages, bytes }: ComparedChain): Promise<Times> {
  const State = Annotation.Root({
    outputs: Annotation<Record<string, unknown>>({
      reducer: (all, one) => Object.assign(all, one),
      default: () => ({}),
    }),
  });
  // Its builder types know only node names that are literals; ours are made up at run time.
  const graph = new StateGraph(State) as unknown as {
    addNode(name: string, run: () => Promise<object>): void;
    addEdge(from: string, to: string): void;
    compile(options: { checkpointer: BaseCheckpointSaver }): {
      invoke(input: object, config: object): Promise<{ readonly outputs: object }>;
    };
  };
  for (let stage = 0; stage < stages; stage++) {
    graph.addNode(`s${stage}`, async () => ({ outputs: { [stage]: outputOf(stage, bytes) } }));
    graph.addEdge(stage === 0 ? START : `s${stage - 1}`, `s${stage}`);
  }
  graph.addEdge(`s${stages - 1}`, END);
  const compiled = graph.compile({ checkpointer: saver });
  const config = { configurable: { thread_id: "1" }, recursionLimit: stages + 10 };
  const run = await timed(() => compiled.invoke({ outputs: {} }, config));
  const restore = await timed(async () => {
    const tuple = await saver.getTuple(config);
    if (tuple === undefined)
      throw new Error("LangGraph stored no checkpoint, so that its figure means nothing.");
  });
  return { run, restore };
}

function bytesIn(saver: MemorySaver): number {
  let stored = 0;
  for (const namespaces of Object.values(saver.storage))
    for (const checkpoints of Object.values(namespaces))
      for (const [checkpoint, metadata] of Object.values(checkpoints))
        stored += checkpoint.length + metadata.length;
  return stored;
}

function tell(
  saver: string,
  { run, restore }: Times,
  ours: number,
  stored: number,
  { stages, bytes }: ComparedChain,
): void {
  const each = (ms: number): string => ((ms * 1000) / stages).toFixed(ms < stages ? 1 : 0);
  const goal = saver === "MemorySaver" ? `, goal ≤ 1/400 ${verdict(run / ours >= 400)}` : "";
  console.log(
    `    LangGraph + ${saver}: ${each(run)} µs a stage, ours likewise is ${each(ours)} µs, 1/${Math.round(run / ours)} of it${goal}; ${(stored / (stages * bytes)).toFixed(0)} × the payload; the last snapshot again: ${milliseconds(restore)}`,
  );
}
