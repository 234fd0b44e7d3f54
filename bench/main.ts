import { flowMason } from "./contenders/flowmason.ts";
import { journalFloor } from "./contenders/journal-floor.ts";
import { langGraph } from "./contenders/langgraph.ts";
import { pGraph } from "./contenders/p-graph.ts";
import { promiseScheduler } from "./contenders/promise-scheduler.ts";
import { interleave, notRun, type Timing } from "./measure.ts";
import { table } from "./report.ts";
import { chain, fan, layered, type Shape } from "./shapes.ts";

const sizes = [10, 100, 1_000, 10_000];
/** A single run longer than this is not repeated, and not tried at ten times the size. */
const capMs = 20_000;
const seed = 20_261_121;

console.log(`Engine: cost of a stage that is one async function giving about 90 bytes.
All contenders of a row run in turn in one process, Node ${process.versions.node}; preparing (parsing, planning, compiling
a graph) is not timed, except p-graph's graph, which is made for each run. Ratios count, not microseconds.\n`);

const slow = new Set<string>();
for (const make of [chain, fan, (stages: number) => layered(stages, seed)]) {
  for (const stages of sizes) {
    const shape = make(stages);
    const timings = await interleave(fastContenders(shape), { rounds: rounds(stages), capMs, stages });
    const peer = await langGraphTimings(shape, stages);
    console.log(table(`${shape.name}, ${stages} stages`, [...timings, ...peer], stages));
  }
}

function fastContenders(shape: Shape) {
  return [flowMason(shape), promiseScheduler(shape), journalFloor(shape), pGraph(shape)];
}

/** LangGraph is measured after the others of its row: one run of it at 1,000 stages is as long as all of theirs. */
async function langGraphTimings(shape: Shape, stages: number): Promise<readonly Timing[]> {
  const contender = langGraph(shape);
  if (slow.has(shape.name)) return [notRun(contender.name, "a tenth of the size took too long")];
  const timings = await interleave([contender], {
    rounds: stages >= 1_000 ? 1 : 5,
    capMs: capMs / 10,
    stages,
  });
  if (timings.some((timing) => timing.median > capMs / 20)) slow.add(shape.name);
  return timings;
}

function rounds(stages: number): number {
  return stages >= 10_000 ? 7 : stages >= 1_000 ? 15 : 50;
}
