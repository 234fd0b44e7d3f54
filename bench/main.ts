import { flowMason } from "./contenders/flowmason.ts";
import { journalFloor } from "./contenders/journal-floor.ts";
import { langGraph } from "./contenders/langgraph.ts";
import { pGraph } from "./contenders/p-graph.ts";
import { promiseScheduler } from "./contenders/promise-scheduler.ts";
import { interleave, notRun, type Timing } from "./measure.ts";
import { type Cost, type Goals, growth, table } from "./report.ts";
import { chain, fan, layered, type Shape } from "./shapes.ts";

const sizes = [10, 100, 1_000, 10_000];
/** A single run longer than this is not repeated. */
const capMs = 20_000;
/** The same for LangGraph, which is not tried at all where a tenth of the size lets expect a longer one. */
const langGraphCapMs = 2_000;

/** Goal A is stated for 1,000 stages, and for how the cost of a stage grows from there. */
const goalSize = 1_000;
const goals: Goals = new Map([
  ["p-graph", 1],
  ["bare promises + two lines a stage", 4],
  ["LangGraph + MemorySaver", 1 / 300],
]);
const growthGoal = 2;
const seed = 20_261_121;

console.log(`Engine: cost of a stage that is one async function giving about 90 bytes.
All contenders of a row run in turn in one process, Node ${process.versions.node}; preparing (parsing, planning, compiling
a graph) is not timed, except p-graph's graph, which is made for each run. Ratios count, not microseconds.\n`);

const slow = new Set<string>();
for (const make of [chain, fan, (stages: number) => layered(stages, seed)]) {
  let before: Cost | null = null;
  for (const stages of sizes) {
    const shape = make(stages);
    const timings = await interleave(fastContenders(shape), { ...rounds(stages), capMs, stages });
    const peer = await langGraphTimings(shape, stages);
    const aims = stages === goalSize ? goals : new Map();
    console.log(table(`${shape.name}, ${stages} stages`, [...timings, ...peer], stages, aims));
    const ours = timings[0]?.median ?? Number.NaN;
    if (stages === goalSize) before = { ms: ours, stages };
    else if (before !== null) console.log(growth(before, { ms: ours, stages }, growthGoal));
  }
}

function fastContenders(shape: Shape) {
  return [flowMason(shape), promiseScheduler(shape), journalFloor(shape), pGraph(shape)];
}

/** LangGraph is measured after the others of its row: one run of it at 1,000 stages is as long as all of theirs. */
async function langGraphTimings(shape: Shape, stages: number): Promise<readonly Timing[]> {
  const contender = langGraph(shape);
  if (slow.has(shape.name))
    return [notRun(contender.name, "it would take too long, as a tenth of the size showed")];
  const timings = await interleave([contender], {
    warmUps: 1,
    rounds: stages >= 1_000 ? 1 : 5,
    capMs: langGraphCapMs,
    stages,
  });
  if (timings.some((timing) => timing.median * 10 > langGraphCapMs)) slow.add(shape.name);
  return timings;
}

function rounds(stages: number) {
  return stages >= 10_000 ? { warmUps: 2, rounds: 9 } : { warmUps: 50, rounds: 50 };
}
