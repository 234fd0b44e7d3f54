import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-02 CE-03 a stage moved on the canvas changes no line but its place; edits there, in the text and there again are undone in order",
  async (world) => {
    const { workbench, canvas, textEditor, folder } = world;
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.nudge("report");
    await workbench.save();
    const moved = folder.read(path);
    expect(moved).not.toBe(before);
    const stagesOf = (text: string) =>
      text.slice(text.indexOf('"stages"'), text.indexOf('"output_stage_id"'));
    expect(stagesOf(moved)).toBe(stagesOf(before));
    await workbench.undo();
    await workbench.save();
    expect(folder.read(path)).toBe(before);

    await canvas.rename("report", "Write it down");
    await canvas.stage("report").filter({ hasText: "Write it down" }).waitFor();
    await workbench.command("FlowMason: Open as Text");
    await textEditor.replace("Count and average", "Counting");
    await workbench.command("FlowMason: Open as Pipeline");
    await canvas.stage("statistics").filter({ hasText: "Counting" }).waitFor();
    await canvas.delete("report");
    // What is undone after it is in the file by another save.
    await workbench.save();
    expect(folder.read(path)).not.toBe(before);
    await canvas.select("summary");
    await workbench.undo();
    await canvas.stage("report").filter({ hasText: "Write it down" }).waitFor();
    await workbench.undo();
    await canvas.stage("statistics").filter({ hasText: "Count and average" }).waitFor();
    await workbench.undo();
    await canvas.stage("report").filter({ hasText: "Put the report together" }).waitFor();
    await workbench.save();
    expect(folder.read(path)).toBe(before);
  },
);

scenario(
  "CE-05 while the text beside it is broken the canvas keeps its graph under a banner, and recovers",
  async (world) => {
    const { workbench, canvas, textEditor, folder, page } = world;
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.stage("summary").locator(".stage-icon").first().dblclick();
    await textEditor.replace('output_stage_id": "report",', 'output_stage_id": "report", oops');
    await canvas
      .banner()
      .filter({ hasText: /line \d+/i })
      .waitFor();
    await canvas.stage("report").waitFor();
    await page.keyboard.press("Control+Home");
    const line = before.slice(0, before.indexOf('"output_stage_id"')).split("\n").length;
    await canvas
      .banner()
      .getByRole("button", { name: `Go to Line ${line}` })
      .click();
    await textEditor.deleteRestOfLine(line);
    await canvas.banner().waitFor({ state: "detached" });
    await textEditor.replace("Put the report together", "Bring it together");
    await canvas.stage("report").filter({ hasText: "Bring it together" }).waitFor();
    expect(folder.read(path)).toBe(before);
  },
);
