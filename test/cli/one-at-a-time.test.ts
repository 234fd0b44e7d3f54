import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { oneAtATime } from "../../cli/merge/one-at-a-time.ts";
import { temporaryFolder } from "../support/fm.ts";

test("who writes a file has it alone, whether it is there or not, and lets it go when that fails", async () => {
  const path = join(await temporaryFolder(), "out.json");
  let within = 0;
  const seen: number[] = [];
  const work = async (fails: boolean): Promise<void> => {
    within += 1;
    seen.push(within);
    await readFile(import.meta.filename);
    within -= 1;
    if (fails) throw new Error("failed");
  };
  const waiting = { err: { write: () => undefined }, interrupted: new AbortController().signal };
  const ends = await Promise.allSettled(
    [false, true, false, true, false].map((fails) =>
      oneAtATime(path, "out.json", () => work(fails), waiting),
    ),
  );
  expect(seen).toEqual([1, 1, 1, 1, 1]);
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});
