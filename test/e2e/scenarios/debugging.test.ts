import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

/** Asks a host under the domain that is kept free of hosts. */
const unreachable = JSON.stringify(
  {
    id: "unreachable",
    stages: [
      {
        id: "ask",
        component_type: "http_request",
        config: { url: "http://nobody.invalid/" },
      },
      {
        id: "after",
        component_type: "logger",
        config: { message: "{{ upstream.ask.body }}" },
        depends_on: ["ask"],
      },
    ],
  },
  null,
  2,
);

scenario(
  "DB-01 a breakpoint on the canvas outlives the window and stops the run: variables, step, continue, output",
  async (world) => {
    const { workbench, canvas, debugView } = world;
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("summary");
    await canvas.breakpoint("summary").waitFor();
    await workbench.reload();
    await canvas.ready();
    await canvas.breakpoint("summary").waitFor();
    await canvas.select("report");
    await debugView.start();
    await canvas.stageWithStatus("summary", "stopped").waitFor();
    await canvas.stageWithStatus("complaints", "succeeded").waitFor();
    await debugView.stoppedAt("summary");
    await debugView.expand("Inputs");
    await debugView.variable("Lumen desk lamp").waitFor();
    await debugView.stepOver();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await canvas.stageWithStatus("summary", "succeeded").waitFor();
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

scenario(
  "while a run is stopped, expressions show their values: under the mouse and in the Debug Console",
  async (world) => {
    const { workbench, canvas, debugView, textEditor } = world;
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("summary");
    await canvas.breakpoint("summary").waitFor();
    await debugView.start();
    await debugView.stoppedAt("summary");
    await debugView.evaluate("upstream.complaints.data | length");
    await debugView.consoleLine("3").waitFor();
    await workbench.focusActiveTab();
    await workbench.command("FlowMason: Open as Text");
    await textEditor.stoppedLine().first().waitFor();
    await textEditor.hover("{{ input.product }}", "product", debugView.hoverValue("the Lumen desk lamp"));
    await debugView.continue();
    await debugView.finished();
  },
);

scenario(
  "a run that fails shows which stage and why, on the canvas and in the Debug Console",
  async (world) => {
    const { workbench, canvas, debugView } = world;
    await workbench.openFile("unreachable.pipeline.json");
    await canvas.ready();
    await debugView.start();
    await canvas.stageWithStatus("ask", "failed").filter({ hasText: "nobody.invalid" }).waitFor();
    await canvas.stageWithStatus("after", "skipped").waitFor();
    await debugView.finished();
    await workbench.command("Debug Console: Focus on Debug Console View");
    await debugView.consoleLine("The run failed at ask").waitFor();
  },
  { workspace: { "unreachable.pipeline.json": unreachable } },
);
