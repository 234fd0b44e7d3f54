import { interleave, notRun, type Timing } from "../measure.ts";
import { d3Dag } from "./contenders/d3-dag.ts";
import { dagre } from "./contenders/dagre.ts";
import { elk } from "./contenders/elk.ts";
import { floor } from "./contenders/floor.ts";
import { flowMason } from "./contenders/flowmason.ts";
import { straightCrossings } from "./crossings.ts";
import { type Pipeline, pipelineLike } from "./pipelines.ts";
import type { LayoutContender, Places } from "./places.ts";
import { comparison, type Result } from "./report.ts";
import { measureStillness } from "./stillness.ts";

const seeds = [20_261_126, 7];
const sizes = [
  { stages: 100, warmUps: 5, rounds: 15 },
  { stages: 1_000, warmUps: 2, rounds: 5 },
  { stages: 5_000, warmUps: 1, rounds: 3 },
];
/** A contender whose single run takes longer is not repeated. */
const capMs = 45_000;

console.log(`Layout: pipeline-like graphs, all boxes alike, edges counted as straight lines between the centres of stages.
All contenders of a table run in turn in one process, Node ${process.versions.node}. Ratios count, not milliseconds.\n`);

for (const { stages, ...rounds } of sizes) {
  for (const seed of seeds) {
    const pipeline = pipelineLike(stages, seed);
    const results = await measure(pipeline, rounds);
    console.log(comparison(`${stages} stages, ${pipeline.edges.length} edges (seed ${seed})`, results));
  }
}
measureStillness(pipelineLike(1_000, seeds[0] ?? 1));

async function measure(
  pipeline: Pipeline,
  rounds: { readonly warmUps: number; readonly rounds: number },
): Promise<readonly Result[]> {
  const { stages } = pipeline;
  const contenders = [flowMason, d3Dag("simplex"), d3Dag("longest path"), elk, floor].map((make) =>
    make(pipeline),
  );
  const peer = dagre(pipeline);
  if (stages <= 100) contenders.push(peer);
  const placed = new Map<string, Places>();
  const timings = await interleave(
    contenders.map((contender) => noted(contender, stages, placed)),
    { ...rounds, capMs, stages },
  );
  const results = timings.map((timing) => withCrossings(timing, pipeline, placed));
  if (stages <= 100) return results;
  // At 1,000 stages it takes over 10 s, at 5,000 over 45 s.
  const missing = notRun(peer.name, `it takes ${stages > 1_000 ? "over 45" : "over 10"} s`);
  return [...results, { timing: missing, crossings: null }];
}

/** The contender as what is timed, which keeps its last places. */
function noted({ name, place }: LayoutContender, stages: number, placed: Map<string, Places>) {
  return {
    name,
    prepare: () => async () => {
      const places = await place();
      placed.set(name, places);
      return stages - places.x.filter(Number.isNaN).length;
    },
  };
}

function withCrossings(timing: Timing, pipeline: Pipeline, placed: ReadonlyMap<string, Places>): Result {
  const places = placed.get(timing.name);
  return { timing, crossings: places === undefined ? null : straightCrossings(pipeline, places) };
}
