import { execFileSync } from "node:child_process";
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AttemptEvent, CacheOutcome, Executor, Json, StageAttempt } from "#core/ports";
import { createRedactor } from "#core/secrets";
import { keptFor, noComponents, openStageCache, readWorkspace } from "#host";
import { cases } from "../../support/soak.ts";
import { emptyFolder } from "../runs/workspace.ts";

const CACHE = { group: "g", inputs: null, files: [], outputs: [], env: [], retentionMs: null };
const ATTEMPT: StageAttempt = {
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
interface Worker extends Executor {
  readonly runs: () => number;
}

function giving(output: Json, work: () => Promise<void> = () => Promise.resolve()): Worker {
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

interface Asked {
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** One attempt in a run of its own: what the cache did, and what the stage gave. */
async function once(root: string, attempt: StageAttempt, worker: Executor, asked: Asked = {}) {
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

async function entriesOf(root: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, ".flowmason", "cache"), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "key")
    .map((entry) => join(entry.parentPath, entry.name));
}

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

test("law: the second run of anything gives what the first gave, and does not run it", async () => {
  const root = await emptyFolder();
  let group = 0;
  await fc.assert(
    fc.asyncProperty(json, fc.dictionary(fc.string(), json), async (output, inputs) => {
      group += 1;
      const attempt = { ...ATTEMPT, inputs, cache: { ...CACHE, group: String(group) } };
      const worker = giving(output);
      const [first, second] = [await once(root, attempt, worker), await once(root, attempt, worker)];
      expect([first.kinds, second.kinds]).toEqual([["miss", "stored"], ["hit"]]);
      expect([first.output, second.output, worker.runs()]).toEqual([output, output, 1]);
    }),
    { seed: 31, numRuns: cases(30, 600) },
  );
});

test("law: whatever one thing is different, only its ingredient is", async () => {
  const root = await emptyFolder();
  await writeFile(join(root, "in.txt"), "a");
  await writeFile(join(root, "flowmason.json"), '{"providers": {"p": {"base_url": "http://localhost:1"}}}');
  const cache = { ...CACHE, files: ["*.txt"], env: ["LEVEL", "OTHER"] };
  const secret = { name: "TOKEN", source: "TOKEN", use: "read", isRequired: true } as const;
  const model = { provider: "p", model: "m", temperature: 0 };
  const scope: StageAttempt["scope"] = {
    values: { env: { A: "1" }, item: [1] },
    stages: { up: { kind: "succeeded", componentType: "logger", output: 1 } },
  };
  const base: StageAttempt = { ...ATTEMPT, cache, scope, model, secrets: [secret] };
  const asked = { env: { LEVEL: "1" }, secrets: { TOKEN: "tok-12345" } };
  const changes: Readonly<Record<string, readonly [StageAttempt, Asked]>> = {
    component: [{ ...base, component: { type: "command", version: "1.0.1" } }, asked],
    "input:two": [{ ...base, inputs: { ...base.inputs, two: { three: "y" } } }, asked],
    "name:item": [{ ...base, scope: { ...scope, values: { ...scope.values, item: [2] } } }, asked],
    "stage:up": [{ ...base, scope: { ...scope, stages: { up: { kind: "skipped", reason: "x" } } } }, asked],
    model: [{ ...base, model: { ...model, temperature: 1 } }, asked],
    provider: [{ ...base, model: { ...model, provider: "q" } }, asked],
    "env:LEVEL": [base, { ...asked, env: { LEVEL: "2" } }],
    "env:OTHER": [base, { ...asked, env: { ...asked.env, OTHER: "" } }],
    "secret:TOKEN": [base, { ...asked, secrets: { TOKEN: "tok-54321" } }],
  };
  const first = await once(root, base, giving("x"), asked);
  const before = ingredientsOf(first.outcomes[0]);
  for (const [name, [attempt, more]] of Object.entries(changes)) {
    const { outcomes } = await once(root, attempt, giving("x"), more);
    const after = ingredientsOf(outcomes[0]);
    expect(outcomes[0]?.kind, name).toBe("miss");
    const differing = Object.keys(before).filter((each) => before[each] !== after[each]);
    expect([differing, Object.keys(after).length], name).toEqual([[name], Object.keys(before).length]);
  }
  await writeFile(join(root, "in.txt"), "b");
  const after = ingredientsOf((await once(root, base, giving("x"), asked)).outcomes[0]);
  expect(Object.keys(before).filter((each) => before[each] !== after[each])).toEqual(["file:in.txt"]);
  // Nothing of it tells a short value by its hash to who lacks the key.
  expect(JSON.stringify(before)).not.toContain("tok-12345");
});

function ingredientsOf(outcome: CacheOutcome | undefined): Readonly<Record<string, string>> {
  if (outcome?.kind !== "miss" && outcome?.kind !== "hit") throw new Error("nothing was looked for");
  return outcome.ingredients;
}

test("a secret in an input counts by where it is kept, whatever its value and the run's mark", async () => {
  const root = await emptyFolder();
  const secret = { name: "TOKEN", source: "TOKEN", use: "read", isRequired: true } as const;
  const run = (token: string) => {
    const attempt = { ...ATTEMPT, inputs: { header: `Bearer ${token}` }, secrets: [secret] };
    return once(root, attempt, giving("x"), { secrets: { TOKEN: token } });
  };
  const first = await run("tok-12345");
  expect((await run("tok-12345")).kinds).toEqual(["hit"]);
  const [before, after] = [first, await run("tok-54321")].map(({ outcomes }) => ingredientsOf(outcomes[0]));
  expect(Object.keys(before ?? {}).filter((name) => before?.[name] !== after?.[name])).toEqual([
    "secret:TOKEN",
  ]);
});

test("law: an entry with any byte changed, cut off or added is never taken for an output", async () => {
  const root = await emptyFolder();
  await mkdir(join(root, "out"));
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["out"] } };
  const made = join(root, "out", "made.bin");
  const worker = giving({ said: "right" }, () => writeFile(made, Buffer.from([0, 255, 10, 13, 1])));
  await once(root, attempt, worker);
  const [entry = ""] = await entriesOf(root);
  const whole = await readFile(entry);
  const damage = fc.oneof(
    fc
      .tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([at, by]) => Buffer.from(whole.map((byte, index) => (index === at ? byte ^ by : byte)))),
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 9 }).map((more) => Buffer.concat([whole, more])),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (bytes) => {
      await writeFile(entry, bytes);
      await unlink(made);
      const { kinds, outcomes, output } = await once(root, attempt, worker);
      expect(kinds).toEqual(["miss", "stored"]);
      expect(outcomes[0]).toMatchObject({ why: "damaged" });
      expect(output).toEqual({ said: "right" });
      expect([...(await readFile(made))]).toEqual([0, 255, 10, 13, 1]);
    }),
    { seed: 32, numRuns: cases(70, 1500) },
  );
});

test("an entry in the place of another, or under another workspace's key, is damaged", async () => {
  const [root, elsewhere] = [await emptyFolder(), await emptyFolder()];
  const other = { ...ATTEMPT, inputs: { one: 2 } };
  await once(root, ATTEMPT, giving("first"));
  const [first = ""] = await entriesOf(root);
  await once(root, other, giving("second"));
  const second = (await entriesOf(root)).find((entry) => entry !== first) ?? "";
  await writeFile(first, await readFile(second));
  expect((await once(root, ATTEMPT, giving("first"))).outcomes[0]).toMatchObject({ why: "damaged" });
  await once(elsewhere, ATTEMPT, giving("theirs"));
  const [theirs = ""] = await entriesOf(elsewhere);
  await writeFile(first, await readFile(theirs));
  const { outcomes, output } = await once(root, ATTEMPT, giving("first"));
  expect([outcomes[0], output]).toMatchObject([{ why: "damaged" }, "first"]);
});

test("files come back with their content, their folders and their right to be run, and no others are touched", async () => {
  const root = await emptyFolder();
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["out", "*.log"] } };
  const work = async (): Promise<void> => {
    await mkdir(join(root, "out", "deep"), { recursive: true });
    await writeFile(join(root, "out", "deep", "a.sh"), "#!/bin/sh\n", { mode: 0o755 });
    await writeFile(join(root, "x.log"), "log");
  };
  const worker = giving(1, work);
  await once(root, attempt, worker);
  await unlink(join(root, "out", "deep", "a.sh"));
  await writeFile(join(root, "x.log"), "changed since");
  await writeFile(join(root, "out", "mine.txt"), "mine");
  expect((await once(root, attempt, worker)).kinds).toEqual(["hit"]);
  const { mode } = await stat(join(root, "out", "deep", "a.sh"));
  expect([mode & 0o100, await readFile(join(root, "x.log"), "utf8"), worker.runs()]).toEqual([
    0o100,
    "log",
    1,
  ]);
  expect(await readFile(join(root, "out", "mine.txt"), "utf8")).toBe("mine");
});

test("with another file among its outputs the stage runs again: what was kept does not have it", async () => {
  const root = await emptyFolder();
  const worker = giving(1, async () => {
    await writeFile(join(root, "a.txt"), "a");
    await writeFile(join(root, "b.txt"), "b");
  });
  const kinds = [];
  for (const outputs of [["a.txt"], ["a.txt", "b.txt"], ["a.txt", "b.txt"], ["a.txt"]])
    kinds.push((await once(root, { ...ATTEMPT, cache: { ...CACHE, outputs } }, worker)).kinds);
  expect(kinds).toEqual([["miss", "stored"], ["miss", "stored"], ["hit"], ["hit"]]);
});

test("nothing is put where a link leads out of the workspace: the stage runs", async () => {
  const [root, outside] = [await emptyFolder(), await emptyFolder()];
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["out"] } };
  const worker = giving(1, async () => {
    await mkdir(join(root, "out"), { recursive: true });
    await writeFile(join(root, "out", "a.txt"), "a");
  });
  await once(root, attempt, worker);
  await rename(join(root, "out"), join(root, "was"));
  await symlink(outside, join(root, "out"));
  const { outcomes } = await once(root, attempt, worker);
  expect(outcomes).toEqual([
    { kind: "not-stored", reason: "a link leads out of the workspace where its outputs belong" },
  ]);
  // What the stage itself does there is its own affair.
  expect(worker.runs()).toBe(2);
});

test("a pattern that names settings, pipelines or code with what it means keeps nothing: a hit would undo edits", async () => {
  const root = await emptyFolder();
  for (const path of ["components/x.ts", "sub/p.pipeline.json", ".vscode/tasks.json", "sub/flowmason.json"]) {
    const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["**"] } };
    const worker = giving(1, async () => {
      await mkdir(join(root, path, ".."), { recursive: true });
      await writeFile(join(root, path), "old");
    });
    const { outcomes } = await once(root, attempt, worker);
    expect(outcomes[1]).toEqual({
      kind: "not-stored",
      reason: `its outputs name ${path}, which is not a stage's to write. Narrow them`,
    });
    await rm(join(root, path));
  }
  expect(await entriesOf(root)).toEqual([]);
});

test("nor does one that names the folder that flowmason.json has for components", async () => {
  const root = await emptyFolder();
  const manifest = { name: "t", components: { include: ["parts/**/*.ts"] } };
  await writeFile(join(root, "flowmason.json"), JSON.stringify(manifest));
  await mkdir(join(root, "parts"));
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["parts/*"] } };
  const worker = giving(1, () => writeFile(join(root, "parts", "x.json"), "old"));
  const { outcomes } = await once(root, attempt, worker);
  expect(outcomes[1]).toMatchObject({ kind: "not-stored", reason: expect.stringContaining("parts/x.json") });
});

test("a link in the place of a file is replaced: what it leads to stays as it is", async () => {
  const [root, outside] = [await emptyFolder(), await emptyFolder()];
  const attempt = { ...ATTEMPT, cache: { ...CACHE, outputs: ["a.sh"] } };
  const worker = giving(1, () => writeFile(join(root, "a.sh"), "same", { mode: 0o755 }));
  await once(root, attempt, worker);
  await unlink(join(root, "a.sh"));
  await writeFile(join(outside, "theirs"), "same", { mode: 0o644 });
  await symlink(join(outside, "theirs"), join(root, "a.sh"));
  expect((await once(root, attempt, worker)).kinds).toEqual(["hit"]);
  const [theirs, ours] = [await stat(join(outside, "theirs")), await lstat(join(root, "a.sh"))];
  expect([theirs.mode & 0o777, ours.isSymbolicLink()]).toEqual([0o644, false]);
});

test.skipIf(process.platform === "win32")(
  "a pipe in the place of a file of the cache is waited for by nobody",
  async () => {
    const root = await emptyFolder();
    await once(root, ATTEMPT, giving(1));
    const [entry = ""] = await entriesOf(root);
    const key = join(root, ".flowmason", "cache", "key");
    await unlink(entry);
    execFileSync("mkfifo", [entry]);
    expect(await keptFor(root, CACHE.group)).toEqual([]);
    await unlink(key);
    execFileSync("mkfifo", [key]);
    expect((await once(root, ATTEMPT, giving(1))).kinds).toEqual(["miss", "stored"]);
  },
);

test("without one of its outputs, or with a directive, nothing is kept, and it is said why", async () => {
  const root = await emptyFolder();
  const lacking = await once(root, { ...ATTEMPT, cache: { ...CACHE, outputs: ["out/*.txt"] } }, giving(1));
  expect(lacking.outcomes[1]).toEqual({
    kind: "not-stored",
    reason: 'it wrote no file that is "out/*.txt" of its outputs',
  });
  const setting: Executor = {
    run: (_attempt, emit) =>
      emit({
        kind: "succeeded",
        output: 1,
        directive: { kind: "set-variables", variables: [], overwrite: true },
      }),
  };
  expect((await once(root, ATTEMPT, setting)).kinds).toEqual(["miss", "not-stored"]);
  expect(await entriesOf(root)).toEqual([]);
});

test("too many files, and a cache that cannot be made, leave the stage to run without", async () => {
  const root = await emptyFolder();
  await writeFile(join(root, ".flowmason"), "a file");
  const { outcomes, output } = await once(root, ATTEMPT, giving("x"));
  expect([outcomes, output]).toEqual([
    [{ kind: "not-stored", reason: expect.stringContaining("is no folder") }],
    "x",
  ]);
  const many = await emptyFolder();
  await mkdir(join(many, "d"));
  for (let file = 0; file < 1001; file++) await writeFile(join(many, "d", String(file)), "");
  const told = await once(many, { ...ATTEMPT, cache: { ...CACHE, files: ["d"] } }, giving("x"));
  expect(told.outcomes).toEqual([{ kind: "not-stored", reason: expect.stringContaining("name 1001 files") }]);
});

/** So that time passes when it is told to; nothing else waits for it. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("what is past its retention is not taken, and is removed when something else is kept", async () => {
  const root = await emptyFolder();
  const attempt = { ...ATTEMPT, cache: { ...CACHE, retentionMs: 1000 } };
  await once(root, attempt, giving("old"));
  vi.setSystemTime(Date.now() + 999);
  expect((await once(root, attempt, giving("new"))).output).toBe("old");
  vi.setSystemTime(Date.now() + 1);
  await once(root, { ...ATTEMPT, cache: { ...CACHE, group: "another" } }, giving("x"));
  expect(await entriesOf(root)).toHaveLength(1);
  expect((await once(root, attempt, giving("new"))).output).toBe("new");
});

test("an entry that is past its retention says so", async () => {
  const root = await emptyFolder();
  const attempt = { ...ATTEMPT, cache: { ...CACHE, retentionMs: 1000 } };
  await once(root, attempt, giving("old"));
  vi.setSystemTime(Date.now() + 1000);
  const { outcomes, output } = await once(root, attempt, giving("new"));
  expect([outcomes[0], output]).toMatchObject([{ kind: "miss", why: "expired" }, "new"]);
});

test("over the size that flowmason.json allows, what was of no use for longest is removed", async () => {
  const root = await emptyFolder();
  const store = (input: number) => once(root, { ...ATTEMPT, inputs: { input } }, giving("x".repeat(1000)));
  await store(1);
  const [first = ""] = await entriesOf(root);
  await store(2);
  const second = (await entriesOf(root)).find((entry) => entry !== first) ?? "";
  await utimes(first, new Date(Date.now() - 5000), new Date(Date.now() - 5000));
  await utimes(second, new Date(Date.now() - 9000), new Date(Date.now() - 9000));
  // What is taken is of use again.
  vi.setSystemTime(Date.now() + 10_000);
  expect((await store(2)).kinds).toEqual(["hit"]);
  await writeFile(join(root, "flowmason.json"), '{"cache": {"max_size": "4KB"}}');
  await store(3);
  const left = await entriesOf(root);
  expect([left.includes(first), left.includes(second), left.length]).toEqual([false, true, 2]);
});
