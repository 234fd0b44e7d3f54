import { type Contender, interleave, type Timing } from "../measure.ts";
import { aligned, ratioText } from "../report.ts";
import { mergeCases } from "./cases/cases.ts";
import type { MergeContender } from "./contenders/contender.ts";
import { flowMason } from "./contenders/flowmason.ts";
import { jsonDiffPatch, jsonDiffTs } from "./contenders/json-patch.ts";
import { gitMergeFile, nodeDiff3 } from "./contenders/lines.ts";
import type { Reading } from "./differ-thread.ts";
import { differs, floorDiff, jsonDiffPatchDiff } from "./exact.ts";
import { differThreads } from "./in-threads.ts";
import { type LargeDiff, largeDiffs, largeMerge } from "./large.ts";
import { shares } from "./shares.ts";

const casesOfAKind = 14;
const capMs = 20_000;

console.log(`Diff and merge of texts, reading included where nothing else is said. All contenders of a table run in turn, each differ in a thread of
its own, Node ${process.versions.node}; git merge-file is a process of its own. Ratios count, not milliseconds.\n`);

const git = gitMergeFile();
console.log(shares(mergeCases(casesOfAKind), [flowMason, git, nodeDiff3, jsonDiffPatch, jsonDiffTs]));

for (const stages of [500, 5_000]) {
  await timeMerge(stages);
  for (const reading of ["each-time", "before"] as const)
    for (const diff of largeDiffs(stages)) await timeDiff(stages, diff, reading);
}
git.close();

async function timeMerge(stages: number): Promise<void> {
  const texts = largeMerge(stages);
  const contender = ({ name, merge }: MergeContender): Contender => ({
    name,
    prepare: () => async () => (merge(texts).kind === "failed" ? 0 : stages),
  });
  // By lines in this process takes seconds, and git does the same.
  const timings = await interleave([flowMason, git].map(contender), { warmUps: 2, rounds: 9, capMs, stages });
  // Goal D2: a quarter of the process.
  print(
    `${stages} stages merged, 1 % edited and one added on each side`,
    timings,
    new Map([[git.name, 0.25]]),
  );
}

async function timeDiff(stages: number, diff: LargeDiff, reading: Reading): Promise<void> {
  const threads = differThreads(
    differs.map(({ name }) => name),
    { stages, diff: diff.name, reading },
  );
  const found = new Map<string, number>();
  const contenders = differs.map(
    ({ name }): Contender => ({
      name,
      prepare: () => async () => {
        found.set(name, await threads.touched(name));
        return stages;
      },
    }),
  );
  // It takes ten diffs of 5,000 until the compiler is done with ours.
  const rounds = stages < 5_000 ? { warmUps: 60, rounds: 31 } : { warmUps: 12, rounds: 11 };
  const timings = await interleave(contenders, { ...rounds, capMs, stages });
  await threads.close();
  // Goal D1: exact, twice the floor, and 50 times as fast as jsondiffpatch where stages come, go or move.
  const goals = new Map([[floorDiff.name, 2]]);
  if (stages === 5_000 && diff.name !== "edited") goals.set(jsonDiffPatchDiff.name, 1 / 50);
  const words = { "each-time": "texts", before: "read before, as the goal's peers were" }[reading];
  print(`${stages} stages, 5 % ${diff.name}: ${diff.touched} touched; ${words}`, timings, goals, found);
}

function print(
  title: string,
  timings: readonly Timing[],
  goals: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number> = new Map(),
): void {
  const ours = timings[0]?.median ?? Number.NaN;
  const rows = timings.map(({ name, median, p25, p75 }, index) => {
    const ratio = ours / median;
    const goal = goals.get(name);
    return [
      name,
      `${median.toFixed(1)} ms`,
      `${p25.toFixed(1)}–${p75.toFixed(1)}`,
      found.get(name)?.toString() ?? "",
      index === 0 ? "" : ratioText(ratio),
      goal === undefined ? "" : `≤ ${ratioText(goal)} ${ratio <= goal ? "met" : "MISSED"}`,
    ];
  });
  const header = ["", "median", "p25–p75", found.size > 0 ? "touched stages found" : "", "ours is", "goal"];
  console.log(`${title}\n${aligned([header, ...rows])}\n`);
}
