import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { FamilyRow } from "#protocol";
import { graveInEachTheme } from "./harness/grave-in-each-theme.ts";
import { shareTimelineHarness } from "./harness/open-timeline.ts";

const harness = shareTimelineHarness();

const current = (page: Page) => page.locator('[role="option"][aria-selected="true"]');
const logOf = (page: Page) => page.evaluate(() => [...window.timeline.log]);

test("TT-02 keys scrub a timeline of 10,000 moments, of which only those in view are drawn and asked for", async () => {
  const page = await harness.open(10_000);
  await page.locator("#moment-10000").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => logOf(page)).toContain("jump 9999");
  expect(await page.locator('[aria-current="step"]').getAttribute("id")).toBe("moment-9999");
  await page.keyboard.press("Home");
  await expect.poll(() => logOf(page)).toContain("jump 0");
  await page.locator("#moment-0", { hasText: "each" }).waitFor();
  expect(await current(page).getAttribute("id")).toBe("moment-0");
  await page.keyboard.press("PageDown");
  await page.keyboard.press("End");
  await expect.poll(() => logOf(page)).toContain("jump 10000");
  expect(await page.locator('[role="option"]').count()).toBeLessThan(60);
  const pages = (await logOf(page)).filter((line) => line.startsWith("moments"));
  expect(pages.length).toBeLessThan(8);
  expect(await page.evaluate(() => window.timeline.longest)).toBeLessThan(40_000);
});

test("TT-02 while a key is held rows go by, and the run is shown as of the last one only", async () => {
  const page = await harness.open(500);
  await page.locator("#moment-500").waitFor();
  await page.keyboard.press("Tab");
  // All at once: keys that are pressed from here take as long as the machine is busy.
  await page.getByRole("listbox").evaluate(async (list) => {
    for (let times = 0; times < 20; times++) {
      list.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
      await Promise.resolve();
    }
  });
  await expect.poll(() => logOf(page)).toContain("jump 480");
  expect((await logOf(page)).filter((line) => line.startsWith("jump")).length).toBeLessThan(6);
});

test("TT-02 the list follows a run that goes on, and what else moves in it, and says why it cannot be gone back in", async () => {
  const page = await harness.open(30);
  await page.evaluate(() => window.timeline.show({ stopped: false, total: 400 }));
  await page.locator("#moment-400", { hasText: "The run goes on" }).waitFor();
  await page.locator("#moment-399", { hasText: "399" }).waitFor();
  await page.locator("#moment-395").click();
  await page.getByRole("status").filter({ hasText: "Press Pause" }).waitFor();
  await page.evaluate(() => window.timeline.show({ stopped: true, cursor: 7 }));
  await page.locator('#moment-7[aria-current="step"]', { hasText: "7" }).waitFor();
  expect(await current(page).textContent()).toMatch(
    /^each\[0\]\/draft, skipped, What happened at 7.*, shown$/,
  );
  await page.getByRole("status").waitFor({ state: "detached" });
});

const tree = [
  { runId: "root", depth: 0, run: listed("root", null) },
  { runId: "early", depth: 1, run: listed("early", 3) },
  { runId: "gone", depth: 1, run: null },
];

function listed(runId: string, seq: number | null): FamilyRow["run"] {
  const fork = seq === null ? null : { runId: "root", seq, changes: ["draft.config.prompt"] };
  const told = { pipeline: "p", startedAt: 1, finishedAt: 2, failedAt: null };
  return { runId, status: "succeeded", ...told, fork };
}

test("TT-05 the tree of forks stands above the timeline, each fork is marked where it begins, and a run of it is gone to", async () => {
  const page = await harness.open(30);
  await page.evaluate((rows) => {
    window.timeline.show({ run: { id: "root", cwd: "/w", fork: null } });
    window.timeline.showRun(null, rows);
  }, tree);
  await page.getByText("Live run").waitFor();
  await page.locator("#moment-3", { hasText: "A fork begins here" }).waitFor();
  expect(await page.locator(".moment-forks").count()).toBe(1);
  await page.getByRole("button", { name: "3 runs" }).click();
  const lines = page.getByRole("list", { name: "Tree of forks" }).getByRole("button");
  expect(await lines.allTextContents()).toEqual([
    "rootsucceeded, the run that the tree begins with, shown",
    "earlysucceeded, after event 3: draft.config.prompt, a fork of it",
    "goneits record is gone, a fork of it",
  ]);
  expect(await lines.nth(2).isEnabled()).toBe(false);
  await lines.nth(1).click();
  await expect.poll(() => logOf(page)).toContain("switch early");
});

test("TT-04 the timeline names exact replay, live replay and forks apart", async () => {
  const page = await harness.open(30);
  for (const [kind, words] of [
    ["exact-replay", "Exact replay of run root: all of it is from the record, nothing runs"],
    [
      "live-replay",
      "Live replay of run root: its stages run again with the recorded inputs, and models are asked",
    ],
    ["fork", "Fork of run root: what changed runs again"],
  ] as const) {
    await page.evaluate((of) => window.timeline.showRun({ kind: of, run: "root" }, []), kind);
    await page.getByText(words).waitFor();
  }
  await page.evaluate(() => window.timeline.showRun(null, []));
  await page.locator(".timeline-head").waitFor({ state: "detached" });
});

test("an empty timeline says what to do, and offers a recorded run", async () => {
  const page = await harness.open(null);
  await page.getByRole("button", { name: "Debug Recorded Run…" }).click();
  await expect.poll(() => logOf(page)).toEqual(["open record"]);
});

test("axe finds nothing grave in the timeline, in four themes", async () => {
  const page = await harness.open(60, "dark");
  await page.locator("#moment-60").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Home");
  await page.locator("#moment-3", { hasText: "3" }).waitFor();
  await page.evaluate((rows) => {
    window.timeline.show({ run: { id: "root", cwd: "/w", fork: null } });
    window.timeline.showRun({ kind: "live-replay", run: "20260101-000000-aaaaa" }, rows);
  }, tree);
  await page.getByRole("button", { name: "3 runs" }).click();
  await page.getByRole("list", { name: "Tree of forks" }).waitFor();
  expect(await graveInEachTheme(page, "timeline")).toEqual([]);
});

test("a row, and the list for the keyboard's row, say which moment VS Code's menu is opened on", async () => {
  const page = await harness.open(30);
  await page.locator("#moment-12", { hasText: "12" }).waitFor();
  const menuOf = async (selector: string): Promise<unknown> =>
    JSON.parse((await page.locator(selector).getAttribute("data-vscode-context")) ?? "null");
  expect(await menuOf("#moment-12")).toEqual({
    webviewSection: "moment",
    moment: 12,
    preventDefaultContextMenuItems: true,
  });
  // After all moments there is none to fork at.
  expect(await menuOf("#moment-30")).toBeNull();
  expect(await menuOf('[role="listbox"]')).toBeNull();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => menuOf('[role="listbox"]')).toMatchObject({ moment: 29 });
});
