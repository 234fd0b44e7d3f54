import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "CE-17 a note written on the canvas is in the file, an undo takes it away, and stages get a colour",
  async ({ workbench, canvas, folder }) => {
    const choose = (name: string): Promise<void> =>
      canvas.frame.getByRole("menuitem", { name, exact: true }).click();
    const file = `pipelines/${sample}`;
    const before = folder.read(file);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.frame.locator(".react-flow__pane").click({ button: "right", position: { x: 60, y: 640 } });
    await choose("Add Note N");
    const field = canvas.frame.getByRole("textbox", { name: "Text of the new note" });
    await field.fill("Reads one file");
    await field.press("Control+Enter");
    await canvas.frame.locator('[data-note="$note:1"]', { hasText: "Reads one file" }).waitFor();
    await workbench.save();
    expect(folder.read(file)).toContain('"text": "Reads one file"');

    await canvas.stage("report").locator(".stage-icon").click({ button: "right" });
    await choose("Group");
    const title = canvas.frame.getByRole("textbox", { name: "Title of the group" });
    await title.fill("Telling");
    await title.press("Enter");
    await canvas.frame.locator('[data-note="$group:1"]', { hasText: "Telling" }).waitFor();
    await canvas.stage("report").locator(".stage-icon").click({ button: "right" });
    await choose("Colour…");
    await choose("Green");
    await canvas.frame.locator('[data-stage="report"][data-accent="green"]').waitFor();
    await workbench.save();
    const saved = JSON.parse(folder.read(file));
    expect(saved.layout.report).toMatchObject({ color: "green" });
    expect(saved.layout["$group:1"]).toEqual({ title: "Telling", stages: ["report"] });

    await workbench.focusActiveTab();
    // The colour, the title, the group, the note.
    for (const expected of ["$group:1", "$group:1", "$note:1", null]) {
      await workbench.undo();
      await workbench.save();
      if (expected === null) expect(folder.read(file)).toBe(before);
      else expect(folder.read(file)).toContain(expected);
    }
  },
);
