import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "CE-14 a double-click on a stage goes to its JSON, and the cursor in JSON selects the stage",
  async (world) => {
    const { workbench, canvas, textEditor, page, folder } = world;
    const before = folder.read(`pipelines/${sample}`);
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.stage("summary").locator(".stage-icon").first().dblclick();
    // The cursor stands on the brace that opens the stage, with the canvas still in view.
    const place = page.locator(".statusbar-item", { hasText: /^Ln \d+, Col \d+$/ });
    const line1 = before.split("\n").findIndex((line) => line.includes('"id": "summary"'));
    await place.filter({ hasText: `Ln ${line1}, Col 5` }).waitFor();
    await textEditor.line('"id": "statistics"').click();
    await canvas.frame.locator('[data-stage="statistics"][data-selected="true"]').waitFor();
    await textEditor.line('"id": "summary"').click();
    await canvas.frame.locator('[data-stage="summary"][data-selected="true"]').waitFor();
    expect(folder.read(`pipelines/${sample}`)).toBe(before);
  },
);

scenario(
  "CE-14 Open as Text begins at the selected stage, and Open as Pipeline at the cursor's",
  async (world) => {
    const { workbench, canvas, textEditor } = world;
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.select("report");
    await workbench.command("FlowMason: Open as Text");
    await textEditor.line('"id": "report"').waitFor();
    await textEditor.line('"id": "summary"').click();
    await workbench.command("FlowMason: Open as Pipeline");
    await canvas.frame.locator('[data-stage="summary"][data-selected="true"]').waitFor();
  },
);
