import { closeSync, openSync, readSync } from "node:fs";
import { mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNdjsonSink, createTimeline, refsOf } from "../../core/journal/index.ts";
import { readRunFile, recordRun, retentionOf } from "../../host/index.ts";
import { medianOf, milliseconds, timed, verdict } from "./figures.ts";
import { measureLangGraph } from "./langgraph-savers.ts";
import { noJournal, planChain, runChain } from "./recorded-chain.ts";

const stages = 1000;
const idle = async (): Promise<void> => {};

/** Goal B: what a snapshot after each stage costs in time and bytes, and what it takes to open one again. */
export async function measureSnapshots(): Promise<void> {
  console.log(`\nA snapshot at each of ${stages} stages, the journal in a file as fm run has it`);
  for (const bytes of [1024, 10_240, 102_400]) {
    const root = await mkdtemp(join(tmpdir(), "fm-bench-"));
    try {
      await measureSize(root, bytes);
    } finally {
      await rm(root, { recursive: true });
    }
  }
}

async function measureSize(root: string, bytes: number): Promise<void> {
  const payload = stages * bytes;
  const plan = planChain(stages, "order-only");
  const journaled: number[] = [];
  const bare: number[] = [];
  const inMemory: number[] = [];
  let path = "";
  for (let round = 0; round < 5; round++) {
    const record = await recordRun({
      workspaceRoot: root,
      program: "bench",
      keep: "in-workspace",
      copy: null,
      retention: retentionOf(undefined),
    });
    path = join(root, ".flowmason", "runs", record.runId, "journal.ndjson");
    journaled.push(
      await timed(async () => {
        await runChain(plan, record.journal, { bytes, work: idle });
        await record.close();
      }),
    );
    const lines: string[] = [];
    const sink = createNdjsonSink({ write: (text) => void lines.push(text), flush: () => Promise.resolve() });
    inMemory.push(await timed(() => runChain(plan, sink, { bytes, work: idle })));
    bare.push(await timed(() => runChain(plan, noJournal(), { bytes, work: idle })));
  }
  const stored = (await stat(path)).size;
  const snapshots = stored - (await bytesOfSources(path));
  const floor = await measureFloor(root, path);
  const each = (ms: number): string => `${((ms * 1000) / stages).toFixed(1)} µs`;
  const ours = medianOf(journaled);
  console.log(`  ${bytes / 1024} KB outputs`);
  console.log(
    `    FlowMason: ${each(ours)} a stage, of which the run itself is ${each(medianOf(bare))}; ${(snapshots / payload).toFixed(3)} × the payload, goal ≤ 1.1 ${verdict(snapshots <= 1.1 * payload)}; with the pipeline's own text, once a run, ${(stored / payload).toFixed(3)} ×, goal < 2 ${verdict(stored < 2 * payload)}`,
  );
  console.log(
    `    the same lines by bare appends, made durable once: ${each(floor)}; ours is ${(ours / floor).toFixed(2)} × it, goal ≤ 1.5 ${verdict(ours <= 1.5 * floor)}`,
  );
  await measureCarrying(root, bytes, payload);
  await measureOpening(path);
  await measureLangGraph(root, { stages, bytes, inMemory: medianOf(inMemory), inFile: ours });
}

/** What the texts take that the run was planned from: they are no snapshot, and grow with the pipeline, not with its outputs. */
async function bytesOfSources(path: string): Promise<number> {
  const { recorded } = await readRunFile(path);
  const [first] = recorded.events;
  const sources = first?.kind === "run-started" ? first.sources : undefined;
  if (sources === undefined) throw new Error("The run does not tell what it was planned from.");
  const lines = (await readFile(path, "utf8")).split(/(?<=\n)/);
  const line = lines.find((each) => each.startsWith(`["${sources.ref.slice(0, 8)}",`));
  if (line === undefined) throw new Error("The texts are not where they should be.");
  return Buffer.byteLength(line);
}

/** The floor: the same lines appended one by one to a file that is made durable at the end. */
async function measureFloor(root: string, path: string): Promise<number> {
  const lines = (await readFile(path, "utf8")).split(/(?<=\n)/);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const copy = join(root, `floor-${round}`);
    times.push(
      await timed(async () => {
        const file = await open(copy, "wx");
        for (const line of lines) await file.appendFile(line);
        await file.datasync();
        await file.close();
      }),
    );
  }
  return medianOf(times);
}

/** The same where each stage is given the whole output of the one before, so that it is in its inputs too. */
async function measureCarrying(root: string, bytes: number, payload: number): Promise<void> {
  const record = await recordRun({
    workspaceRoot: root,
    program: "bench",
    keep: "in-workspace",
    copy: null,
    retention: retentionOf(undefined),
  });
  await runChain(planChain(stages, "carry"), record.journal, { bytes, work: idle });
  await record.close();
  const { size } = await stat(join(root, ".flowmason", "runs", record.runId, "journal.ndjson"));
  console.log(
    `    with each output in the next stage's inputs: ${(size / payload).toFixed(3)} × the outputs, the pipeline's text among it, goal < 2 ${verdict(size < 2 * payload)}`,
  );
}

async function measureOpening(path: string): Promise<void> {
  const { recorded } = await readRunFile(path);
  const timeline = createTimeline(recorded.events);
  const lineOf = await linesByRef(path);
  const file = openSync(path, "r");
  const opening: number[] = [];
  const value: number[] = [];
  const least: number[] = [];
  for (let seq = 1; seq < recorded.events.length; seq += 7) {
    opening.push(await timed(() => void timeline.stateAt(seq).stages.size));
    const event = recorded.events[seq];
    const [ref] = event?.kind === "stage-succeeded" ? refsOf(event) : [];
    if (ref === undefined) continue;
    value.push(await timed(() => void recorded.value(ref)));
    const line = lineOf.get(ref.ref.slice(0, 8));
    if (line === undefined) throw new Error("A value has no line of its own.");
    least.push(await timed(() => void oneRecord(file, line)));
  }
  closeSync(file);
  const median = medianOf(opening);
  const [ours, floor] = [medianOf(value), medianOf(least)];
  console.log(
    `    open a step: ${milliseconds(median)}, goal ≤ 1 ms ${verdict(median <= 1)}; one value from the file: ${milliseconds(ours)}, ${(ours / floor).toFixed(2)} × reading and parsing its line, of which the place is known, goal ≤ 2 ${verdict(ours <= 2 * floor)}`,
  );
}

interface Line {
  readonly at: number;
  readonly bytes: number;
}

/** Where the lines of values are in the file, by the beginning of their hashes. */
async function linesByRef(path: string): Promise<ReadonlyMap<string, Line>> {
  const lines = new Map<string, Line>();
  let at = 0;
  for (const line of (await readFile(path, "utf8")).split(/(?<=\n)/)) {
    const bytes = Buffer.byteLength(line);
    const [, ref] = /^\["([\w-]{8})",/.exec(line) ?? [];
    if (ref !== undefined) lines.set(ref, { at, bytes });
    at += bytes;
  }
  return lines;
}

/** The floor: a line is read at its place, and parsed. */
function oneRecord(file: number, { at, bytes }: Line): unknown {
  const buffer = Buffer.allocUnsafe(bytes);
  readSync(file, buffer, 0, bytes, at);
  return JSON.parse(buffer.toString("utf8"));
}
