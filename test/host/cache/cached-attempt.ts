import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptEvent, CacheOutcome, Executor, Json, StageAttempt } from "#core/ports";
import { createRedactor } from "#core/secrets";
import { noComponents, openStageCache, readWorkspace } from "#host";

export const CACHE = { group: "g", inputs: null, files: [], outputs: [], env: [], retentionMs: null };
export const ATTEMPT: StageAttempt = {
  key: "r:a#1",
  runId: "r",
  address: { frames: [], stage: "a" },
  attempt: 1,
  retriesLeft: 0,
  component: { type: "command", version: "1.0.0" },
  inputs: { one: 1, two: { three: "x" } },
  scope: { values: { env: { A: "1" } }, stages: {} },
  secrets: [],
  secretMark: null,
  model: null,
  now: "2026-01-01T00:00:00.000Z",
  timeoutMs: null,
  cache: CACHE,
};

/** What runs in these tests: it counts, does what it is told to, and gives this output. */
export interface Worker extends Executor {
  readonly runs: () => number;
}

export function giving(output: Json, work: () => Promise<void> = () => Promise.resolve()): Worker {
  let runs = 0;
  return {
    runs: () => runs,
    async run(_attempt, emit) {
      runs += 1;
      await work();
      emit({ kind: "succeeded", output });
    },
  };
}

export interface Asked {
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** One attempt in a run of its own: what the cache did, and what the stage gave. */
export async function once(root: string, attempt: StageAttempt, worker: Executor, asked: Asked = {}) {
  const { env = {}, secrets = {} } = asked;
  const read = await readWorkspace(root);
  if (!read.ok) throw new Error(read.message);
  const redactor = createRedactor(`mark${Math.random()}`, Object.entries(secrets));
  const port = { get: (name: string) => Promise.resolve(secrets[name]) };
  const cache = openStageCache(read.workspace, noComponents, { port, redactor, visible: env });
  const events: AttemptEvent[] = [];
  await cache.over(worker).run(attempt, (event) => events.push(event), new AbortController().signal);
  await cache.close();
  const outcomes = events.flatMap((event): readonly CacheOutcome[] =>
    event.kind === "cache" ? [event.outcome] : [],
  );
  const end = events.at(-1);
  return {
    outcomes,
    kinds: outcomes.map(({ kind }) => kind),
    output: end?.kind === "succeeded" ? end.output : end,
  };
}

export async function entriesOf(root: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, ".flowmason", "cache"), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "key")
    .map((entry) => join(entry.parentPath, entry.name));
}
