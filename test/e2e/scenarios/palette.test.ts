import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-06 a component dragged from the palette, and one added there by key, are one undo step each, to the byte",
  async ({ workbench, canvas, folder, page }) => {
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    await workbench.command("FlowMason: Show Components");
    const palette = canvas.frame.locator(".palette");
    await palette.waitFor();
    await canvas.frame.locator(".palette-field:focus").waitFor();

    const row = palette.locator('[data-component="filter"]').first();
    await row.scrollIntoViewIfNeeded();
    const from = await row.boundingBox();
    const to = await canvas.stage("summary").boundingBox();
    if (from === null || to === null) throw new Error("There is nothing to drag.");
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 30);
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
    await canvas.frame.locator('[data-drop="here"]').waitFor();
    await page.mouse.up();
    await canvas.frame.locator('[data-stage="filter"][data-selected="true"]').waitFor();

    await page.keyboard.press("p");
    await canvas.frame.locator(".palette-field:focus").waitFor();
    await page.keyboard.type("log");
    await page.keyboard.press("Enter");
    await canvas.stage("logger").waitFor();
    await workbench.save();
    const stages = JSON.parse(folder.read(path)).stages as readonly { id: string; depends_on?: unknown }[];
    const waits = new Map(stages.map(({ id, depends_on }) => [id, depends_on]));
    expect(waits.get("filter")).toEqual(["summary"]);
    expect(waits.get("logger")).toEqual(["filter"]);

    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    for (const id of ["logger", "filter"]) {
      await workbench.undo();
      await canvas.stage(id).waitFor({ state: "detached" });
    }
    await workbench.save();
    expect(folder.read(path)).toBe(before);

    // Behind another tab the page is gone; it comes back as it was.
    await workbench.openFile("flowmason.json");
    await palette.waitFor({ state: "detached" });
    await workbench.tab(sample).click();
    await palette.locator('[data-row="Recently used/logger"]').waitFor();
  },
);
