// The process that a project's own components run in: one attempt at a time, of one file. It is told what to do over
// Node's channel, which the components do not get to see; what they print goes out on the standard streams.
import { once } from "node:events";
import { relative, sep } from "node:path";
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Json } from "#core/ports";
import { hostFiles } from "../host-files.ts";
import { endOfOutput, type FromProcess, type ToProcess } from "../messages.ts";
import type { ComponentLog } from "../sdk/types.ts";
import { describeComponent } from "./describe-component.ts";
import { explainError, framePlace } from "./explain-error.ts";
import { loadModule } from "./load-module.ts";
import { plainJson } from "./plain-json.ts";
import { hookImports } from "./resolve-hook.ts";
import { failureOf, type Outcome, runAttempt } from "./run-attempt.ts";

const files = hostFiles();
const [stdout, stderr] = [
  process.stdout.write.bind(process.stdout),
  process.stderr.write.bind(process.stderr),
];
const send = takeChannel();
const userFiles = hookImports(files);
const root = process.cwd();
const shownPath = (path: string): string => relative(root, path).split(sep).join("/");

/** What the process is busy with, so that what is thrown outside of any call can be told of it. */
let busy:
  | { readonly kind: "loading" }
  | { readonly kind: "running"; readonly nonce: string; readonly stop: AbortController }
  | null = null;

const mostBytes = Number(process.argv[2]) * 2 ** 20;
const watchdog = new Worker(files.watchdog, { workerData: { mostBytes, parent: process.ppid } });
watchdog.unref();

process.on("disconnect", () => process.exit());
process.on("uncaughtException", (error) => void crash(error));
await once(watchdog, "online");
process.on("message", (message: ToProcess) => {
  switch (message.kind) {
    case "load":
      return void load(message.file);
    case "run":
      return void run(message);
    case "cancel":
      if (busy?.kind === "running") busy.stop.abort();
  }
});
/** What keeps the process alive while no component does anything. */
const resourcesAtRest = process.getActiveResourcesInfo().length;
await send({ kind: "ready" });

async function load(file: string): Promise<void> {
  busy = { kind: "loading" };
  try {
    const components = (await loadModule(file)).map((component) => ({
      component: describeComponent(component),
      place: framePlace(component.stack, userFiles),
    }));
    await send({ kind: "loaded", components });
  } catch (thrown) {
    await send({ kind: "broken", ...explainError(thrown, userFiles) });
  }
  busy = null;
}

async function run({ file, nonce, call }: Extract<ToProcess, { kind: "run" }>): Promise<void> {
  const stop = new AbortController();
  busy = { kind: "running", nonce, stop };
  await send({ kind: "started" });
  const tools = { file, log: createLog(), files: userFiles, shownPath };
  await end(nonce, await runAttempt(call, tools, stop.signal));
}

async function end(nonce: string, outcome: Outcome): Promise<void> {
  // What the component left to do for the next turns it does now.
  await turn();
  await turn();
  busy = null;
  const isClean = process.getActiveResourcesInfo().length <= resourcesAtRest;
  const marker = endOfOutput(nonce);
  await Promise.all([stdout, stderr].map((write) => new Promise((done) => write(marker, done))));
  await send(
    outcome.ok
      ? { kind: "succeeded", output: outcome.output, isClean }
      : { kind: "failed", failure: outcome.failure, isClean },
  );
}

/** Something was thrown where nothing catches it: what the process is busy with fails, and the process is of no more use. */
async function crash(thrown: unknown): Promise<void> {
  const was = busy;
  busy = null;
  if (was?.kind === "loading") await send({ kind: "broken", ...explainError(thrown, userFiles) });
  if (was?.kind === "running") {
    const failure = failureOf(thrown, { files: userFiles, shownPath });
    const message = `Thrown outside of execute, where nothing waits for it: ${failure.message}`;
    await end(was.nonce, { ok: false, failure: { ...failure, message } });
  }
  process.exit(1);
}

function createLog(): ComponentLog {
  const write =
    (level: Extract<FromProcess, { kind: "log" }>["level"]) =>
    // Modules may be JavaScript: the message is whatever is given.
    (message: unknown, values?: unknown): void => {
      const text = typeof message === "string" ? message : JSON.stringify(asJson(message).values ?? null);
      void send({ kind: "log", level, message: text, ...asJson(values) });
    };
  return { debug: write("debug"), info: write("info"), warning: write("warning"), error: write("error") };
}

/** What JSON cannot hold is named in its place: a log is there to be read, and no reason to fail. */
function asJson(values: unknown): { readonly values?: Json } {
  if (values === undefined) return {};
  const plain = plainJson(values);
  return { values: plain.ok ? plain.json : `(${plain.what})` };
}

/** The channel, out of the components' reach. */
function takeChannel(): (message: FromProcess) => Promise<void> {
  if (process.send === undefined) {
    process.stderr.write("This process is started by FlowMason, to run components in.\n");
    process.exit(64);
  }
  const raw = process.send.bind(process);
  delete process.send;
  return (message) => new Promise((sent) => raw(message, undefined, {}, () => sent()));
}
