import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { graveInEachTheme } from "../harness/grave-in-each-theme.ts";
import { shareComparisonHarness } from "../harness/open-comparison.ts";
import { pipelineText } from "../pipelines.ts";
import { comparingRuns, recordOf, type StageOfRun } from "./two-runs.ts";

const harness = shareComparisonHarness();

const text = (prompt: string): string =>
  pipelineText([
    { id: "fetch" },
    { id: "draft", component_type: "generator", config: { prompt }, depends_on: ["fetch"] },
    { id: "check", depends_on: ["draft"] },
  ]);

const stages = (draft: StageOfRun, check: Partial<StageOfRun>): readonly StageOfRun[] => [
  { stage: "fetch", output: { items: 3 }, tookMs: 40 },
  draft,
  { stage: "check", inputs: { text: draft.output ?? null }, tookMs: 10, ...check },
];

const before = recordOf(
  "20260101-000000-aaaaa",
  text("Write one sentence."),
  stages(
    { stage: "draft", output: { content: "A dog ran." }, tookMs: 900, tokens: 120, costUsd: 0.0012 },
    { output: true },
  ),
);
const after = recordOf(
  "20260101-000100-bbbbb",
  text("Write two sentences."),
  stages(
    { stage: "draft", output: { content: "A dog sat. It ran." }, tookMs: 2100, tokens: 180, costUsd: 0.0018 },
    {},
  ),
);

const row = (page: Page, stage: string) => page.getByRole("row").filter({ hasText: stage });

test("TT-08 two runs are compared on the canvas, in a list and in a table: outcomes, values word by word, time, tokens and cost", async () => {
  const page = await harness.open(comparingRuns(before, after));
  await page.getByText("The runs part first at draft.").waitFor();
  expect(await row(page, "draft").getByRole("cell").allTextContents()).toEqual([
    "succeeded",
    "900 ms → 2.1 s +1.2 s",
    "120 → 180 +60",
    "$0.0012 → $0.0018 +$0.0006",
  ]);
  expect(await row(page, "draft").textContent()).toContain("first to differ");
  expect(await row(page, "check").textContent()).toContain("succeeded → failed");
  expect(await row(page, "fetch").getAttribute("data-alike")).toBe("true");

  // On the canvas, for everybody.
  const draft = page.locator('.stage[data-stage="draft"]');
  expect(await draft.getAttribute("aria-label")).toBe(
    "draft, Generator, changed, ran otherwise, +1.2 s, +60 tokens, +$0.0006",
  );
  expect(await page.locator('.stage[data-stage="fetch"]').getAttribute("data-change")).toBe("unchanged");

  // What a stage says otherwise stands before what it did otherwise.
  const own = page.getByRole("group", { name: "draft", exact: true }).getByRole("option");
  expect(await own.allTextContents()).toEqual(["~config.prompt changed", "~output.content differs"]);
  await own.last().click();
  const current = page.locator(".properties tr[data-current='true']");
  expect(await current.locator("del").allTextContents()).toEqual([]);
  expect((await current.locator("ins").allTextContents()).join("")).toContain("sat. It ");
  await page.getByRole("button", { name: /^Outcomes 2/ }).click();
  expect(await page.getByRole("option", { name: "status differs" }).count()).toBe(0);

  // A row of the table leads to its stage.
  await row(page, "check").getByRole("button").click();
  await page.locator('.stage[data-stage="check"][data-selected="true"]').waitFor();
});

test("runs that are alike, rounds of a loop, and records without the text of a pipeline are told as what they are", async () => {
  const alike = await harness.open(comparingRuns(before, before));
  await alike.getByText("The runs are alike but for times and tokens.").waitFor();
  await alike.getByText("Both runs had the same pipeline.").waitFor();

  const looped = pipelineText([{ id: "each", component_type: "foreach" }, { id: "draft" }]);
  const rounds = (second: string) => [
    { stage: "draft", round: 0, output: "same", tookMs: 5 },
    { stage: "draft", round: 1, output: second, tookMs: 5 },
  ];
  const page = await harness.open(
    comparingRuns(recordOf("one", looped, rounds("b")), recordOf("two", looped, rounds("c"))),
  );
  await page.getByText("The runs part first at each[1]/draft.").waitFor();
  await page.getByRole("option", { name: "each[1]/draft output differs" }).waitFor();
  expect(await row(page, "each[0]/draft").getAttribute("data-alike")).toBe("true");

  const untold = await harness.open(
    comparingRuns(recordOf("one", null, rounds("b")), recordOf("two", looped, rounds("c"))),
  );
  await untold.getByText("does not hold the text of its pipeline").waitFor();
  await untold.getByText("The runs part first at each[1]/draft.").waitFor();
});

test("of long texts the place where they part is shown, and of more stages than there is room for how many are left out", async () => {
  const long = (end: string) => [{ stage: "fetch", output: `${"word ".repeat(4000)}${end}`, tookMs: 1 }];
  const page = await harness.open(
    comparingRuns(
      recordOf("one", text("p"), long("early tail")),
      recordOf("two", text("p"), long("later tail")),
    ),
  );
  await page.getByRole("option", { name: "output differs" }).click();
  const current = page.locator(".properties tr[data-current='true']");
  expect(await current.locator("del").allTextContents()).toEqual(["early"]);
  expect(await current.locator("ins").allTextContents()).toEqual(["later"]);

  const many = (output: string): readonly StageOfRun[] =>
    Array.from({ length: 520 }, (_, round) => ({ stage: "draft", round, output, tookMs: 1 }));
  const large = await harness.open(
    comparingRuns(recordOf("one", text("p"), many("a")), recordOf("two", text("p"), many("b"))),
  );
  await large.getByText("20 more stages and 20 more differences are not shown").waitFor();
  expect(await large.getByRole("row").count()).toBe(502);
});

test("axe finds nothing grave in a comparison of runs, in four themes", async () => {
  const page = await harness.open(comparingRuns(before, after));
  await page.getByRole("option", { name: "output.content differs" }).click();
  await page.locator(".properties tr[data-current='true']").waitFor();
  expect(await graveInEachTheme(page, "runs")).toEqual([]);
});
