import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-02 a value typed into the inspector changes its one line, and Ctrl+Z takes it back",
  async ({ workbench, canvas, folder }) => {
    const before = folder.read(path);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.select("summary");
    const prompt = canvas.field("config.prompt");
    await prompt.fill("Summarise {{ input.product }}.");
    await workbench.dirty();
    await workbench.save();
    const after = folder.read(path);
    const changed = after.split("\n").filter((line, index) => line !== before.split("\n")[index]);
    expect(changed).toEqual([expect.stringContaining('"prompt": "Summarise {{ input.product }}."')]);
    await canvas.select("summary");
    await workbench.undo();
    await workbench.dirty();
    await workbench.save();
    expect(folder.read(path)).toBe(before);
  },
);
