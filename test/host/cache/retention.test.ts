import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyFolder } from "../runs/workspace.ts";
import { ATTEMPT, CACHE, entriesOf, giving, once } from "./cached-attempt.ts";

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
