import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

/** The line of a stage's id, counted from 1. */
const lineOf = (text: string, stage: string): number =>
  text.split("\n").findIndex((line) => line.includes(`"id": "${stage}"`)) + 1;

scenario(
  "CE-14 Open as Text begins at the selected stage, Open as Pipeline at the cursor's; a double-click goes to a stage's JSON, and the cursor there selects the stage",
  async ({ workbench, canvas, textEditor, folder }) => {
    const text = folder.read(`pipelines/${sample}`);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.select("report");
    await workbench.command("FlowMason: Open as Text");
    await textEditor.caretIn(lineOf(text, "report") - 1);
    await textEditor.line('"id": "summary"').click();
    await textEditor.caretIn(lineOf(text, "summary"));
    await workbench.command("FlowMason: Open as Pipeline");
    await canvas.frame.locator('[data-stage="summary"][data-selected="true"]').waitFor();

    await canvas.stage("summary").locator(".stage-icon").first().dblclick();
    // The caret stands on the brace that opens the stage, with the canvas still in view.
    await textEditor.caretIn(lineOf(text, "summary") - 1);
    for (const stage of ["statistics", "summary"]) {
      await textEditor.line(`"id": "${stage}"`).click();
      await canvas.frame.locator(`[data-stage="${stage}"][data-selected="true"]`).waitFor();
    }
    expect(folder.read(`pipelines/${sample}`)).toBe(text);
  },
);
