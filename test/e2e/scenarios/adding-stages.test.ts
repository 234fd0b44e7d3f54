import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-06 CE-07 a stage added by key, one inserted on a connection and a pasted one are taken back by an undo each, to the byte",
  async ({ workbench, canvas, folder, page }) => {
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    const picker = canvas.frame.getByRole("combobox", { name: /^Component of a stage/ });

    await canvas.select("report");
    await page.keyboard.press("a");
    await picker.fill("log");
    await picker.press("Enter");
    await canvas.frame.locator('[data-stage="logger"][data-selected="true"]').waitFor();
    await expect.poll(() => canvas.frame.locator('[data-stage="logger"]:focus').count()).toBe(1);

    // The view has gone to the new stage.
    await page.keyboard.press("f");
    await canvas.select("statistics");
    await page.keyboard.press("Shift+F10");
    await canvas.frame.getByRole("menuitem", { name: "Insert Stage after “Keep the complaints”" }).click();
    await picker.fill("validate");
    await picker.press("Enter");
    await canvas.stage("schema_validate").waitFor();

    await page.keyboard.press("f");
    await canvas.select("summary");
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await canvas.stage("summary_2").waitFor();
    await workbench.save();
    await canvas.stage("summary_3").waitFor({ state: "detached" });
    expect(await canvas.stages().count()).toBe(7);
    const stages = JSON.parse(folder.read(path)).stages as readonly { id: string; depends_on?: unknown }[];
    const waits = new Map(stages.map(({ id, depends_on }) => [id, depends_on]));
    expect(waits.get("logger")).toEqual(["report"]);
    expect(waits.get("schema_validate")).toEqual(["complaints"]);
    expect(waits.get("statistics")).toEqual(["schema_validate"]);

    for (const id of ["summary_2", "schema_validate", "logger"]) {
      await workbench.undo();
      await canvas.stage(id).waitFor({ state: "detached" });
    }
    await workbench.save();
    expect(folder.read(path)).toBe(before);
  },
);
