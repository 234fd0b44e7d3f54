import { expect, test } from "vitest";
import type { ShownSweep, SweptRun } from "#protocol";
import { graveInEachTheme } from "../harness/grave-in-each-theme.ts";
import { shareSweepHarness } from "../harness/open-sweep.ts";

const harness = shareSweepHarness();

const outcome = (runId: string, others: Partial<SweptRun>): SweptRun => ({
  runId,
  status: "succeeded",
  failure: null,
  outputs: [{ address: "draft", text: "A dog ran.", cut: false }],
  moreOutputs: 0,
  durationMs: 1234,
  tokens: 120,
  costUsd: 0.0012,
  ...others,
});

const sweep: ShownSweep = {
  place: "draft.config.prompt",
  run: "20260101-000000-aaaaa",
  cwd: "/work",
  stage: "draft",
  rows: [
    { value: '"In one word."', outcome: outcome("20260101-000100-bbbbb", {}) },
    {
      value: '"As <b>markup</b>."',
      outcome: outcome("20260101-000200-ccccc", {
        outputs: [{ address: "draft", text: "<img src=x onerror=alert(1)>\nand | more", cut: false }],
      }),
    },
    {
      value: '"Break."',
      outcome: outcome("20260101-000300-ddddd", {
        status: "failed",
        failure: "draft: The model gave no answer that fits its schema.",
        outputs: [],
        durationMs: 40,
        tokens: null,
        costUsd: null,
      }),
    },
    {
      value: '"Stop."',
      outcome: outcome("20260101-000400-eeeee", {
        status: "cancelled",
        outputs: [],
        tokens: null,
        costUsd: null,
      }),
    },
    { value: '"Never."', outcome: null },
  ],
};

test("a table has for each value outcome, output, time, tokens and cost of its fork, and leads to it", async () => {
  const page = await harness.open(sweep);
  const rows = page.locator("tbody tr");
  const cells = async (index: number): Promise<readonly string[]> =>
    (await rows.nth(index).locator("th, td:not(.sweep-run)").allTextContents()).map((text) => text.trim());
  expect(await cells(0)).toEqual(['"In one word."', "succeeded", "A dog ran.", "1.2 s", "120", "$0.0012"]);
  // What values and models say is but characters.
  expect((await cells(1)).slice(0, 3)).toEqual([
    '"As <b>markup</b>."',
    "succeeded",
    "<img src=x onerror=alert(1)>\nand | more",
  ]);
  expect(await cells(2)).toEqual([
    '"Break."',
    "faileddraft: The model gave no answer that fits its schema.",
    "–",
    "40 ms",
    "–",
    "–",
  ]);
  expect((await cells(3)).slice(0, 2)).toEqual(['"Stop."', "cancelled"]);
  expect(await rows.nth(4).locator("th, td").allTextContents()).toEqual([
    '"Never."',
    " did not run",
    "–",
    "–",
    "–",
    "–",
    "–",
  ]);
  expect(await rows.nth(4).getByRole("button").count()).toBe(0);

  await page.getByRole("button", { name: "Open run 20260101-000300-ddddd" }).press("Enter");
  await page.getByRole("button", { name: "Compare run 20260101-000100-bbbbb" }).click();
  await expect
    .poll(() => page.evaluate(() => window.sweep.log))
    .toEqual(["open 20260101-000300-ddddd", "compare 20260101-000100-bbbbb"]);
  // All of it outlives the window.
  expect(await page.evaluate(() => window.sweep.kept)).toEqual([sweep]);
});

test("axe finds nothing grave in a table of values, in four themes", async () => {
  const page = await harness.open(sweep, "dark");
  await page.getByRole("heading", { name: "Values of draft.config.prompt" }).waitFor();
  expect(await graveInEachTheme(page, "sweep")).toEqual([]);
});

test("of a stage in a loop the rounds have their places, and a long output is shown whole when that is asked", async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `key${index}: ${index}`).join("\n");
  const outputs = [
    { address: "each[0]/v1.score", text: "content: Short.\nscore: 7", cut: false },
    { address: "each[1]/v1.score", text: lines, cut: true },
  ];
  const page = await harness.open({
    ...sweep,
    place: "v1.score.config.prompt",
    stage: "v1.score",
    rows: [{ value: "0.5", outcome: outcome("20260101-000100-bbbbb", { outputs, moreOutputs: 3 }) }],
  });
  expect(await page.locator("thead th").nth(2).textContent()).toBe("Output of v1.score");
  const cell = page.locator(".sweep-output");
  expect(await cell.locator("code").allTextContents()).toEqual(["each[0]/v1.score", "each[1]/v1.score"]);
  expect(await cell.textContent()).toContain("key9: 9\n…");
  expect(await cell.textContent()).toContain("and in 3 more rounds");
  const folder = process.env["FLOWMASON_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/sweep-rounds.png` });
  await cell.getByRole("button", { name: "Show all of the output of each[1]/v1.score" }).press("Enter");
  await cell.getByText("key39: 39").waitFor();
  expect(await cell.textContent()).toContain("open the run to see the rest");
  await cell.getByRole("button", { name: "Show less of the output of each[1]/v1.score" }).click();
  expect(await cell.textContent()).not.toContain("key39");
});

test("in a narrow editor a table of values scrolls by itself, and nothing of it is cut off", async () => {
  const page = await harness.open(sweep, "dark", 420);
  const last = page.getByRole("button", { name: "Compare run 20260101-000400-eeeee" });
  await last.scrollIntoViewIfNeeded();
  const box = await last.boundingBox();
  expect(box !== null && box.x >= 0 && box.x + box.width <= 420).toBe(true);
});
