import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "TT-02 TT-14 keys in the timeline move canvas, call stack and variables together, and a line that was written is jumped to",
  async ({ page, workbench, canvas, debugView, timeline }) => {
    await workbench.openFile(sample);
    await canvas.ready();
    await timeline.focus();
    await timeline.button("Debug Recorded Run…").waitFor();
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("report");
    await canvas.breakpoint("report").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await timeline.row("summary, succeeded").waitFor();
    await timeline.shown().filter({ hasText: "Here the run is stopped" }).waitFor();

    await timeline.row("summary, began").click();
    await canvas.stageWithStatus("summary", "stopped").waitFor();
    await debugView.stoppedAt("summary");
    await timeline.shown().filter({ hasText: "summary, began" }).waitFor();
    await timeline.list().press("Home");
    await timeline.shown().filter({ hasText: "began" }).waitFor();
    await canvas.stageWithStatus("summary", "waiting").waitFor();
    await timeline.list().press("End");
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await debugView.stoppedAt("report");
    await debugView.stepBack();
    await timeline.shown().filter({ hasText: "summary, began" }).waitFor();
    const folder = process.env["FLOWMASON_SCREENSHOTS"];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/timeline-e2e.png` });
  },
);
