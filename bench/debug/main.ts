import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ratioText } from "../report.ts";
import { type DapClient, type StepView, startDap, step } from "./dap-client.ts";
import { chainOf, listOf } from "./pipelines.ts";

/** As the extension starts it (extension/debug/register-debugger.ts). */
const adapter = [
  "--max-semi-space-size=8",
  resolve(import.meta.dirname, "../../dist/node/debug-adapter.mjs"),
];
const floor = resolve(import.meta.dirname, "floor.mjs");
const stages = 1_000;
const bytes = 10_000;
/** Goal G. */
const goals = { overFloor: 1.5, backOverNext: 1.2, along: 1.2, pageMs: 100, longBackMs: 100 };
/** Until the compiler is done, times say little. */
const warmUps = 2_000;
const rounds = 1_000;

const folder = await mkdtemp(join(tmpdir(), "fm-bench-debug-"));
try {
  console.log(`Debugger: a step (next or stepBack, then stackTrace, scopes and the variables of the first scope) over standard
input and output, in a run of ${stages} stages that give ${bytes} bytes each. The floor is a process that answers the same requests with
texts of the same size, and does nothing else; each adapter and the floor in turn, after ${warmUps} rounds that do not count.
Node ${process.versions.node}.\n`);
  await record("chain", chainOf(stages, bytes));
  await measureSteps();
  await record("list", listOf(100_000));
  await measurePage();
  await record("long", chainOf(3_400, 100));
  await measureLong();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs a pipeline to its end; its record is then the latest. */
async function record(name: string, pipeline: object): Promise<void> {
  const root = join(folder, name);
  await mkdir(root);
  await writeFile(join(root, "flowmason.json"), "{}");
  await writeFile(join(root, `${name}.pipeline.json`), JSON.stringify(pipeline, null, 1));
  const client = startDap(process.execPath, adapter);
  const ended = client.event("terminated");
  await launch(client, { pipeline: join(root, `${name}.pipeline.json`), noDebug: true });
  await ended;
  client.close();
}

async function launch(client: DapClient, args: object, breakpoints: object = {}): Promise<void> {
  const initialized = client.event("initialized");
  await client.request("initialize", { adapterID: "flowmason", linesStartAt1: true, columnsStartAt1: true });
  await initialized;
  const launched = client.request("launch", args);
  if ("source" in breakpoints) await client.request("setBreakpoints", breakpoints);
  await client.request("configurationDone");
  await launched;
}

async function replay(name: string, args: object = {}, breakpoints: object = {}): Promise<DapClient> {
  const client = startDap(process.execPath, adapter);
  const stopped = client.event("stopped");
  await launch(client, { replay: "latest", cwd: join(folder, name), ...args }, breakpoints);
  await stopped;
  return client;
}

/** Goes to the stage `k` of the chain, counted from 0. */
async function goTo(client: DapClient, k: number): Promise<void> {
  const path = join(folder, "chain", "chain.pipeline.json");
  const { targets } = await client.request("gotoTargets", { source: { path }, line: 1 + lineOf(k) });
  const stopped = client.event("stopped");
  await client.request("goto", { threadId: 1, targetId: targets.at(-1)?.id ?? 0 });
  await stopped;
}

function lineOf(k: number): number {
  const text = JSON.stringify(chainOf(stages, bytes), null, 1);
  return text.slice(0, text.indexOf(`"id": "s${k}"`)).split("\n").length - 1;
}

async function measureSteps(): Promise<void> {
  const near = await replay("chain");
  const far = await replay("chain");
  const live = startDap(process.execPath, adapter);
  const entered = live.event("stopped");
  const pipeline = join(folder, "chain", "chain.pipeline.json");
  await launch(live, { pipeline, stopOnEntry: true, record: false });
  await entered;
  const least = await startFloor(await step(near, "next"));
  await goTo(near, 10);
  await goTo(far, 990);
  await liveTo(live, 12);
  await step(live, "stepBack");
  const early = await besideFloor(least, near);
  const late = await besideFloor(least, far);
  const lived = await besideFloor(least, live);
  await step(live, "next");
  const advancing: number[] = [];
  for (let count = 0; count < 200; count++) advancing.push(await timed(live, "next"));
  line("record, next at k = 10", early.next, early.floor, goals.overFloor);
  line("record, next at k = 990", late.next, late.floor, goals.overFloor);
  line("record, stepBack at k = 10", early.back, early.floor, goals.overFloor);
  line("record, stepBack at k = 990", late.back, late.floor, goals.overFloor);
  line("live run, next in its past", lived.next, lived.floor, goals.overFloor);
  line("live run, stepBack", lived.back, lived.floor, goals.overFloor);
  line("live run, next, a stage runs", median(advancing), lived.floor, null);
  compare("stepBack against next, k = 10", early.back / early.next, goals.backOverNext);
  compare("stepBack against next, k = 990", late.back / late.next, goals.backOverNext);
  // Each in floors of its own time, since the machine may be another by then.
  compare("next at k = 990 against k = 10", late.next / late.floor / (early.next / early.floor), goals.along);
  for (const client of [least, near, far, live]) client.close();
}

/** Medians, in milliseconds. */
interface BesideFloor {
  readonly floor: number;
  readonly next: number;
  readonly back: number;
}

/**
 * A step of an adapter and one of the floor in turn. No third process works meanwhile, as for a person who debugs: more
 * of them would put each other's memory out of the processor's caches, and that would be what is measured.
 */
async function besideFloor(least: DapClient, client: DapClient): Promise<BesideFloor> {
  const times: Record<keyof BesideFloor, number[]> = { floor: [], next: [], back: [] };
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const [command, own] of [
      ["stepBack", times.back],
      ["next", times.next],
    ] as const) {
      const shortest = await timed(least, command);
      const ours = await timed(client, command);
      if (round < warmUps) continue;
      times.floor.push(shortest);
      own.push(ours);
    }
  }
  return { floor: median(times.floor), next: median(times.next), back: median(times.back) };
}

async function liveTo(client: DapClient, k: number): Promise<void> {
  for (let at = 0; at < k; at++) await step(client, "next");
}

/** The floor, with the answers that ours gave. */
async function startFloor({ stack, scopes, variables }: StepView): Promise<DapClient> {
  const file = join(folder, "answers.json");
  const stopped = {
    reason: "step",
    description: "In the past: event 100 of 3001",
    threadId: 1,
    allThreadsStopped: true,
  };
  await writeFile(file, JSON.stringify({ answers: { stackTrace: stack, scopes, variables }, stopped }));
  return startDap(process.execPath, [floor, file]);
}

/** Milliseconds of a step. */
async function timed(client: DapClient, command: "next" | "stepBack"): Promise<number> {
  const begin = performance.now();
  await step(client, command);
  return performance.now() - begin;
}

/** The first page of a list of 100,000 items, as VS Code asks for it: a hundred rows. */
async function measurePage(): Promise<void> {
  const client = await replay("list");
  const view = await step(client, "next");
  const list = view.variables.variables.find(({ name }) => name === "data");
  const begin = performance.now();
  const page = await client.request("variables", {
    variablesReference: list?.variablesReference ?? 0,
    filter: "indexed",
    start: 0,
    count: 100,
  });
  const time = performance.now() - begin;
  if (list?.indexedVariables !== 100_000 || page.variables.length !== 100) throw new Error("not the page");
  limit("first page of a list of 100,000", time, goals.pageMs);
  const again = performance.now();
  await step(client, "stepBack");
  limit("stepBack beside that list", performance.now() - again, goals.pageMs);
  client.close();
}

/** Back from the end of a record of some 10,000 events, where no breakpoint is looked for, and where one is. */
async function measureLong(): Promise<void> {
  const client = await replay("long");
  const stopped = client.event("stopped");
  await client.request("continue", { threadId: 1 });
  await stopped;
  const begin = performance.now();
  await step(client, "stepBack");
  limit("stepBack at 10,000 events", performance.now() - begin, goals.longBackMs);
  const source = { path: join(folder, "long", "long.pipeline.json") };
  const times: number[] = [];
  for (let count = 0; count < 5; count++) {
    // Another condition each time, so that all is gone through anew.
    const condition = `len(data) > ${count}`;
    await client.request("setBreakpoints", { source, breakpoints: [{ line: 20, condition }] });
    const reversed = client.event("stopped");
    const from = performance.now();
    await client.request("reverseContinue", { threadId: 1 });
    await reversed;
    times.push(performance.now() - from);
    const ended = client.event("stopped");
    await client.request("stepOut", { threadId: 1 });
    await ended;
  }
  limit("reverseContinue over 10,000 events, a condition", median(times), goals.longBackMs);
  client.close();
}

function line(name: string, time: number, floorMs: number, goal: number | null): void {
  const ratio = time / floorMs;
  console.log(
    `  ${name.padEnd(32)}${ms(time)}  floor ${ms(floorMs)}  ${ratioText(ratio)}${verdict(goal, ratio)}`,
  );
}

function compare(name: string, ratio: number, goal: number): void {
  console.log(`  ${name.padEnd(48)}${ratio.toFixed(2)}${verdict(goal, ratio)}`);
}

function limit(name: string, time: number, most: number): void {
  console.log(`  ${name.padEnd(48)}${ms(time)}  goal < ${most} ms: ${time < most ? "met" : "MISSED"}`);
}

function verdict(goal: number | null, ratio: number): string {
  if (goal === null) return "";
  return `  goal ≤ ${goal}: ${ratio <= goal ? "met" : "MISSED"}`;
}

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function ms(time: number): string {
  return `${time.toFixed(2)} ms`;
}
