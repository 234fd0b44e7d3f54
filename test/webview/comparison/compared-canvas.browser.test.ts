import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { graveInEachTheme } from "../harness/grave-in-each-theme.ts";
import { shareComparedHarness } from "../harness/open-compared.ts";
import { eachChange } from "./compared-texts.ts";

const pages = shareComparedHarness();

const stage = (page: Page, side: string, id: string) =>
  page.locator(`[data-side="${side}"] .stage[data-stage="${id}"]`);

test("the union graph shows what came, went and changed, and says so", async () => {
  const page = await pages.open({ ...eachChange, sides: ["union"] });
  const label = (id: string) => stage(page, "union", id).getAttribute("aria-label");
  await stage(page, "union", "check").waitFor();
  expect(await label("check")).toBe("check, Filter, removed");
  expect(await label("digest")).toBe("digest, Generator, renamed, changed, was summarize");
  expect(await label("mail")).toBe("mail, Logger, moved");
  expect(await label("store")).toBe("store, Logger, added");
  expect(await label("fetch")).toBe("fetch, HTTP request");
  expect(await page.getByRole("img", { name: "From check to urgent, removed" }).count()).toBe(1);
});

test("two canvases of one view are panned, scaled and selected in step", async () => {
  const page = await pages.open({ ...eachChange, sides: ["before", "after"] });
  await stage(page, "before", "check").waitFor();
  expect(await stage(page, "after", "check").count()).toBe(0);
  const places = async () =>
    await page
      .locator(".react-flow__viewport")
      .evaluateAll((all) => all.map((each) => getComputedStyle(each).transform));
  const [first] = await places();
  await page.locator('[data-side="before"] .react-flow__pane').hover({ position: { x: 20, y: 20 } });
  await page.mouse.wheel(0, 120);
  await expect.poll(async () => (await places())[0]).not.toBe(first);
  const [left, right] = await places();
  expect(right).toBe(left);

  await page.evaluate(() => window.compared.view.order({ kind: "fit" }));
  await stage(page, "after", "digest").click();
  for (const side of ["before", "after"])
    await page.locator(`[data-side="${side}"] .stage[data-stage="digest"][data-selected="true"]`).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator('[data-side="after"] .stage[data-stage="urgent"][data-selected="true"]').waitFor();
});

test("a stage out of view is brought into it", async () => {
  const page = await pages.open({ ...eachChange, sides: ["union"] }, { width: 420, height: 300 });
  await stage(page, "union", "fetch").waitFor();
  await page.evaluate(() => window.compared.view.order({ kind: "reveal", keys: ["store"] }));
  await stage(page, "union", "store").waitFor();
  await expect
    .poll(async () => {
      const box = await stage(page, "union", "store").boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= 420 && box.y + box.height <= 300;
    })
    .toBe(true);
});

test("axe finds nothing grave in compared canvases, in four themes", async () => {
  const page = await pages.open(
    { ...eachChange, sides: ["union"] },
    { theme: "dark", width: 1500, height: 420 },
  );
  await stage(page, "union", "digest").click();
  await page.locator('.stage[data-stage="digest"][data-selected="true"]').waitFor();
  expect(await graveInEachTheme(page, "compared")).toEqual([]);
});
