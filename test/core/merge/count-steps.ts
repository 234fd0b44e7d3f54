import { Session } from "node:inspector/promises";
import { parentPort } from "node:worker_threads";
import { largeMerge } from "../../../bench/merge/large.ts";

// Counts what merges of large pipelines do, in a thread of its own: only what is loaded while it is counted is counted
// loop by loop.
const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const { mergePipelines } = await import("#core/merge");

const steps: number[] = [];
for (const stages of [250, 500]) {
  const { base, ours, theirs } = largeMerge(stages);
  await session.post("Profiler.takePreciseCoverage");
  const merged = mergePipelines(base, ours, theirs);
  const { result } = await session.post("Profiler.takePreciseCoverage");
  if (!merged.ok) throw new Error(merged.message);
  steps.push(
    result
      .filter(({ url }) => url.includes("/core/"))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0),
  );
}
parentPort?.postMessage(steps);
