import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const base = `{
  "name": "base",
  "version": "1.0.0",
  "stages": [
    { "id": "read", "component_type": "json_transform", "config": { "data": "{{ input.text }}" } },
    { "id": "tell", "component_type": "logger", "config": { "message": "{{ upstream.read.result }}" }, "depends_on": ["read"] }
  ]
}
`;

const child = `{
  "name": "child",
  "version": "1.0.0",
  "extends": "base",
  "overrides": {
    "tell": { "config": { "level": "debug" } }
  },
  "stages": [
    { "id": "after", "component_type": "logger", "config": { "message": "done" }, "depends_on": ["tell"] }
  ],
  "sample_input": { "text": "hello" }
}
`;

const workspace = { "base.pipeline.json": base, "child.pipeline.json": child };

scenario(
  "CE-02 inherited stages are edited on the child's canvas as overrides, with breakpoints in the parent and a way there",
  async ({ workbench, canvas, folder, page, debugView }) => {
    await workbench.openFile("child.pipeline.json");
    await canvas.ready();
    const label = (id: string): Promise<string | null> => canvas.stage(id).getAttribute("aria-label");
    await canvas.stage("read").waitFor();
    await expect.poll(() => label("read")).toContain(`inherited from ${folder.nameOf("base.pipeline.json")}`);
    await expect
      .poll(() => label("tell"))
      .toContain(`inherited from ${folder.nameOf("base.pipeline.json")}, changed here`);

    // One override, one undo.
    await canvas.rename("read", "Read the text");
    await canvas.stage("read").getByText("Read the text").waitFor();
    await workbench.save();
    const written = child.replace(
      '"level": "debug" } }\n',
      '"level": "debug" } },\n    "read": { "name": "Read the text" }\n',
    );
    expect(folder.read("child.pipeline.json")).toBe(written);
    await workbench.undo();
    await canvas.stage("read").getByText("Read the text").waitFor({ state: "detached" });
    await workbench.save();
    expect(folder.read("child.pipeline.json")).toBe(child);

    await canvas.toggleBreakpoint("read");
    await canvas.breakpoint("read").waitFor();
    await canvas.select("read");
    await page.keyboard.press("F5");
    // VS Code shows where the run is stopped: in the parent's file.
    await workbench.activeTab().filter({ hasText: "base.pipeline.json" }).waitFor({ timeout: 60_000 });
    await workbench.tab("child.pipeline.json").click();
    await canvas.stageWithStatus("read", "stopped").waitFor();
    await debugView.continue();
    await canvas.stageWithStatus("tell", "succeeded").waitFor();

    await canvas.select("read");
    await page.keyboard.press("F12");
    await workbench.activeTab().filter({ hasText: "base.pipeline.json" }).waitFor();
    await canvas.frame.locator('[data-stage="read"][data-selected="true"]:not([data-inherited])').waitFor();
    // The same breakpoint; and what is changed here, saved or not, the child shows.
    await canvas.breakpoint("read").waitFor();
    await canvas.rename("read", "Take the text");
    await workbench.tab("child.pipeline.json").click();
    await canvas.stage("read").getByText("Take the text").waitFor();
  },
  { workspace },
);

scenario(
  "CE-02 another id on the canvas changes the file and all that inherit from it, as one edit with one undo",
  async ({ workbench, canvas, folder, page }) => {
    await workbench.openFile("base.pipeline.json");
    await canvas.ready();
    await canvas.select("tell");
    await page.keyboard.press("Shift+F2");
    const field = canvas.frame.locator(".stage-name-field");
    await field.fill("report");
    await field.press("Enter");
    await workbench
      .notification("“tell” is “report” now, in 2 files: base.pipeline.json, child.pipeline.json.")
      .waitFor();
    const renamed = child.replaceAll('"tell"', '"report"');
    await expect.poll(() => folder.read("child.pipeline.json")).toBe(renamed);
    await expect
      .poll(() => folder.read("base.pipeline.json"))
      .toBe(base.replace('"id": "tell"', '"id": "report"'));

    // One undo, over both files.
    await workbench.focusActiveTab();
    await workbench.undo();
    await canvas.stage("tell").waitFor();
    await workbench.tab("child.pipeline.json").click();
    await canvas.stage("after").waitFor();
    await workbench.save();
    await expect.poll(() => folder.read("child.pipeline.json")).toBe(child);
  },
  // The language server finds who inherits among the files that were there when the window opened, or that it was told of.
  { workspace, window: "own" },
);

scenario(
  "CE-02 a parent that is missing is told, and the file's own stages are shown",
  async ({ workbench, canvas }) => {
    await workbench.openFile("child.pipeline.json");
    await canvas.ready();
    await canvas.banner().getByText("The stages of “nowhere” are not shown.").waitFor();
    await canvas.stage("after").waitFor();
    expect(await canvas.stage("read").count()).toBe(0);
  },
  // Another name than that of a parent that was in this window before.
  { workspace: { "child.pipeline.json": child.replace('"base"', '"nowhere"') } },
);
