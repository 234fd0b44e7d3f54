import { existsSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const flow = `{
  "name": "flow",
  "version": "1.0.0",
  "input_schema": { "type": "object", "properties": { "names": { "type": "array" } } },
  "stages": [
    { "id": "names", "component_type": "json_transform", "config": { "data": "{{ input.names }}" } },
    {
      "id": "short",
      "component_type": "filter",
      "depends_on": ["names"],
      "config": { "data": "{{ upstream.names.result }}", "filter_mode": "filter_array", "condition": "len(item) < 5" }
    },
    {
      "id": "first",
      "component_type": "json_transform",
      "depends_on": ["short"],
      "config": { "data": "{{ upstream.short.result }}" }
    },
    {
      "id": "tell",
      "component_type": "logger",
      "depends_on": ["first"],
      "config": { "message": "{{ upstream.first.result }}" }
    }
  ]
}
`;

scenario(
  "CE-09 stages are extracted to a pipeline beside this one, opened from the stage that calls it, and inlined again",
  async ({ workbench, canvas, folder, page }) => {
    const stages = async (): Promise<readonly string[]> =>
      (
        await canvas.stages().evaluateAll((all) => all.map((each) => each.getAttribute("data-stage") ?? ""))
      ).sort();
    const before = ["first", "names", "short", "tell"];
    const choose = async (stage: string, entry: string): Promise<void> => {
      await canvas.stage(stage).click({ button: "right" });
      await canvas.frame.getByRole("menuitem", { name: entry }).click();
    };
    await workbench.openFile("flow.pipeline.json");
    await canvas.ready();
    await canvas.select("short");
    await canvas
      .stage("first")
      .locator(".stage-icon")
      .click({ modifiers: ["Control"] });
    await choose("first", "Extract to Sub-pipeline…");
    const box = page.locator('.quick-input-widget:not([style*="display: none"])');
    await box.locator("input").fill("flow");
    await box.getByText("There is a file of this name.").waitFor();
    await workbench.answer("short-names");
    await expect.poll(stages).toEqual(["names", "subpipeline", "tell"]);
    await canvas.frame.locator('[data-stage="subpipeline"][data-selected="true"]').waitFor();
    await workbench
      .notification(`The 2 stages are in ${folder.nameOf("short-names.pipeline.json")} now.`)
      .waitFor();
    const file = path.join(folder.path, "short-names.pipeline.json");
    expect(existsSync(file)).toBe(true);

    // One undo takes back the text, and with it the file.
    await workbench.focusActiveTab();
    await workbench.undo();
    await expect.poll(stages).toEqual(before);
    await expect.poll(() => existsSync(file)).toBe(false);
    await workbench.redo();
    await expect.poll(stages).toEqual(["names", "subpipeline", "tell"]);
    await expect.poll(() => existsSync(file)).toBe(true);

    await choose("subpipeline", "Open Called Pipeline");
    await workbench.activeTab().filter({ hasText: "short-names.pipeline.json" }).waitFor();
    await canvas.stage("first").waitFor();
    await canvas.stage("short").waitFor();
    await canvas.frame.getByRole("navigation", { name: "Opened from" }).waitFor();

    await page.keyboard.press("Alt+Shift+Enter");
    await workbench.activeTab().filter({ hasText: "flow.pipeline.json" }).waitFor();
    await canvas.select("subpipeline");
    await page.keyboard.press("Alt+Enter");
    await workbench.activeTab().filter({ hasText: "short-names.pipeline.json" }).waitFor();

    // The way here stands above the graph, also after the window was loaded anew, and leads back to the stage.
    await canvas.stage("first").waitFor();
    await workbench.focusActiveTab();
    await workbench.reload();
    const trail = canvas.frame.getByRole("navigation", { name: "Opened from" });
    await trail.getByRole("button", { name: "flow" }).click();
    await workbench.activeTab().filter({ hasText: "flow.pipeline.json" }).waitFor();
    await canvas.frame.locator('[data-stage="subpipeline"][data-selected="true"]').waitFor();
    await canvas.select("subpipeline");
    await workbench.command("FlowMason: Inline Sub-pipeline");
    await expect.poll(stages).toEqual(before);
    await workbench.save();
    expect(folder.read("flow.pipeline.json")).toBe(flow);
    expect(existsSync(file)).toBe(true);
  },
  { workspace: { "flow.pipeline.json": flow } },
);
