import { mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CacheOutcome, Json, StageAttempt } from "#core/ports";
import { cases } from "../../support/soak.ts";
import { emptyFolder } from "../runs/workspace.ts";
import { type Asked, ATTEMPT, CACHE, entriesOf, giving, once } from "./cached-attempt.ts";

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
