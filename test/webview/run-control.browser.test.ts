import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CanvasRun } from "#protocol";
import type { Theme } from "./harness/serve-pages.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();
const text = pipelineText([{ id: "fetch" }, { id: "draft", depends_on: ["fetch"] }]);

const stoppedAtDraft: CanvasRun = {
  session: "1",
  phase: "stopped",
  stages: [{ stage: "fetch", status: "succeeded" }],
  stoppedAt: "draft",
};

const controls = /^(Run to|Skip|Retry|Keep|Pin|Unpin)/;

async function menuOf(canvas: Awaited<ReturnType<typeof harness.open>>, stage: string): Promise<string[]> {
  await canvas.stage(stage).click({ button: "right" });
  const items = canvas.page.getByRole("menuitem");
  await items.first().waitFor();
  const labels = await items.allInnerTexts();
  await canvas.page.keyboard.press("Escape");
  await items.first().waitFor({ state: "detached" });
  return labels.filter((label) => controls.test(label));
}

test("the menu of a stage steers the run that is stopped, and says nothing of it where none is", async () => {
  const canvas = await harness.open({ text });
  expect(await menuOf(canvas, "draft")).toEqual([]);
  await canvas.page.evaluate((run) => window.host.run(run), stoppedAtDraft);
  await canvas.page.locator('[data-stage="draft"][data-status="stopped"]').waitFor();
  expect(await menuOf(canvas, "draft")).toEqual([
    "Skip Stage",
    "Retry Stage",
    "Keep What Has Come",
    "Pin Output",
  ]);
  expect(await menuOf(canvas, "fetch")).toEqual(["Run to This Stage", "Pin Output"]);
  await canvas.stage("draft").click({ button: "right" });
  await canvas.page.getByRole("menuitem", { name: "Skip Stage" }).click();
  await canvas.stage("fetch").click({ button: "right" });
  await canvas.page.getByRole("menuitem", { name: "Run to This Stage" }).click();
  await expect
    .poll(async () => (await canvas.log()).filter((line) => line.startsWith("control")))
    .toEqual(["control skip draft", "control run-to fetch"]);
  await canvas.page.evaluate(
    (run) => window.host.run({ ...run, past: { event: 3, last: 9 } }),
    stoppedAtDraft,
  );
  await canvas.page.locator(".banner", { hasText: "In the past" }).waitFor();
  expect(await menuOf(canvas, "draft")).toEqual(["Pin Output"]);
});

test("a stage that is pinned is marked and said to be, with no run too, and is unpinned by its menu", async () => {
  const canvas = await harness.open({ text, pins: [{ stage: "fetch", note: "Pinned yesterday" }] });
  await canvas.page.locator('[data-stage="fetch"] .pin-badge').waitFor();
  expect(await canvas.stage("fetch").getAttribute("aria-label")).toContain("pinned, does not run");
  expect(await canvas.page.locator(".pin-badge").getAttribute("title")).toBe(
    "It does not run. Pinned yesterday.",
  );
  await canvas.stage("fetch").click({ button: "right" });
  await canvas.page.getByRole("menuitem", { name: "Unpin Output" }).click();
  await expect.poll(() => canvas.log()).toContain("control unpin fetch");
  await canvas.page.evaluate(() => window.host.pins([]));
  await canvas.page.locator(".pin-badge").waitFor({ state: "detached" });
});

test("in a workspace that is not trusted pins are shown, and not taken away", async () => {
  const runBlocked = "This workspace is not trusted: trust it to run pipelines.";
  const canvas = await harness.open({
    text,
    runBlocked,
    pins: [{ stage: "fetch", note: "Pinned yesterday" }],
  });
  await canvas.page.locator(".pin-badge").waitFor();
  await canvas.stage("fetch").click({ button: "right" });
  const item = canvas.page.getByRole("menuitem", { name: "Unpin Output" });
  expect(await item.getAttribute("aria-disabled")).toBe("true");
});

test.for<Theme>(["dark", "light", "high-contrast", "high-contrast-light"])(
  "TT-04 the canvas names what is looked at and where each stage's result is from, in words and colours (%s)",
  async (theme) => {
    const canvas = await harness.open({ text }, { theme });
    const { page } = canvas;
    const show = (origin: CanvasRun["origin"], stages: CanvasRun["stages"]): Promise<void> =>
      page.evaluate((run) => window.host.run(run), {
        session: `${origin?.kind}`,
        phase: "running",
        stoppedAt: null,
        stages,
        ...(origin === undefined ? {} : { origin }),
      } as const);
    const legend = page.getByRole("list", { name: "Where the results of stages are from" });
    const colourOf = (stage: string): Promise<string> =>
      page
        .locator(`[data-stage="${stage}"] .status-badge`)
        .evaluate((badge) => getComputedStyle(badge).color);

    await show({ kind: "fork", run: "7k3f9" }, [
      { stage: "fetch", status: "recorded" },
      { stage: "draft", status: "succeeded" },
    ]);
    await page.locator(".banner", { hasText: "Fork of run 7k3f9" }).waitFor();
    expect(await legend.getByRole("listitem").allTextContents()).toEqual(["1 from the record", "1 ran"]);
    const [grey, coloured] = [await colourOf("fetch"), await colourOf("draft")];
    expect(grey).not.toBe(coloured);
    await keep(page, `origin-fork-${theme}`);

    await show({ kind: "live-replay", run: "7k3f9" }, [
      { stage: "fetch", status: "cached" },
      { stage: "draft", status: "cached", note: "pinned" },
    ]);
    await page.locator(".banner", { hasText: "Live replay of run 7k3f9" }).waitFor();
    expect(await legend.getByRole("listitem").allTextContents()).toEqual(["1 from the cache", "1 pinned"]);
    expect(await colourOf("fetch")).not.toBe(coloured);

    // Of a record nothing ran now, whatever is looked at.
    await show({ kind: "exact-replay", run: "7k3f9" }, [
      { stage: "fetch", status: "succeeded" },
      { stage: "draft", status: "failed", note: "It broke." },
    ]);
    await page.locator(".banner", { hasText: "Exact replay of run 7k3f9" }).waitFor();
    expect(await legend.getByRole("listitem").allTextContents()).toEqual(["2 from the record, 1 failed"]);
    expect(await colourOf("fetch")).toBe(grey);
    expect(await canvas.stage("fetch").getAttribute("aria-label")).toContain("succeeded, by the record");
    // Where in the past one is stands in the same banner.
    await page.evaluate(() =>
      window.host.run({
        session: "exact-replay",
        phase: "stopped",
        stoppedAt: null,
        stages: [],
        origin: { kind: "exact-replay", run: "7k3f9" },
        past: { event: 3, last: 9 },
      }),
    );
    await page
      .locator(".banner.run-origin", { hasText: "In the past: the run as it was after event 3 of 9." })
      .waitFor();
    expect(await page.locator(".banner").count()).toBe(1);
    await keep(page, `origin-exact-${theme}`);

    await show(undefined, [{ stage: "fetch", status: "succeeded" }]);
    await page.locator(".banner.run-origin").waitFor({ state: "detached" });
    expect(await colourOf("fetch")).toBe(coloured);
  },
);

async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env["FLOWMASON_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
