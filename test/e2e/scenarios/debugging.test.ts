import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "DB-01 a breakpoint on the canvas stops the run: variables, step, continue, output",
  async (world) => {
    const { workbench, canvas, debugView } = world;
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("summary");
    await canvas.breakpoint("summary").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("summary", "stopped").waitFor({ timeout: 30_000 });
    await canvas.stageWithStatus("complaints", "succeeded").waitFor();
    await debugView.stoppedAt("summary");
    await debugView.expand("Inputs");
    await debugView.variable("Lumen desk lamp").waitFor();
    await debugView.stepOver();
    await canvas
      .stageWithStatus("summary", "succeeded")
      .or(canvas.stageWithStatus("report", "stopped"))
      .first()
      .waitFor();
    await debugView.continue();
    await debugView.finished();
    await canvas.stageWithStatus("report", "succeeded").waitFor();
    await workbench.command("Debug Console: Focus on Debug Console View");
    await debugView.consoleLine("average_stars").waitFor();
  },
);

scenario("DB-01 breakpoints in the gutter and on the canvas are the same ones", async (world) => {
  const { workbench, canvas, textEditor, breakpoints } = world;
  await workbench.openFile(sample);
  await canvas.ready();
  await canvas.toggleBreakpoint("statistics");
  await canvas.breakpoint("statistics").waitFor();
  await workbench.command("FlowMason: Open as Text");
  await textEditor.line('"statistics"').waitFor();
  await breakpoints.inGutter().first().waitFor();
  await breakpoints.toggleInGutter('"id": "summary"');
  await expect.poll(() => breakpoints.inGutter().count()).toBe(2);
  await workbench.command("FlowMason: Open as Pipeline");
  await canvas.breakpoint("statistics").waitFor();
  await canvas.breakpoint("summary").waitFor();
});
