import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "the commands of the canvas act on it: search a stage, fit, show the stage in text",
  async ({ workbench, canvas, textEditor, folder }) => {
    await workbench.openFile(sample);
    await canvas.ready();
    await workbench.command("FlowMason: Search Stage");
    const field = canvas.frame.locator(".picker-field");
    await field.fill("report");
    await field.press("Enter");
    await canvas.frame.locator('[data-stage="report"][data-selected="true"]').waitFor();

    const view = canvas.frame.locator(".react-flow__viewport");
    const scale = async () => /scale\(([\d.]+)\)/.exec((await view.getAttribute("style")) ?? "")?.[1];
    await workbench.command("FlowMason: Fit Canvas to View");
    const fitted = await scale();
    await canvas.frame.locator('.tool[aria-label^="Zoom Out"]').click();
    await expect.poll(scale).not.toBe(fitted);
    await workbench.command("FlowMason: Fit Canvas to View");
    await expect.poll(scale).toBe(fitted);

    await canvas.select("summary");
    await workbench.command("FlowMason: Show Stage in Text");
    const lines = folder.read(`pipelines/${sample}`).split("\n");
    const line1 = lines.findIndex((line) => line.includes('"id": "summary"'));
    await textEditor.caretIn(line1);
  },
);
