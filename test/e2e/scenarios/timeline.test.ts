import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "TT-02 TT-09 TT-14 keys in the timeline move canvas, call stack and variables together, a line that was written is jumped to, and prompts are tried from a stop",
  async ({ page, workbench, canvas, debugView, timeline, sweep, comparison }) => {
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
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env["FLOWMASON_SCREENSHOTS"];
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png` });
    };
    await picture("timeline-e2e");

    // From the stop two prompts are tried, after one plan for both, and what came of them stands in a table.
    await workbench.command("FlowMason: Try Several Values…");
    await workbench.pickRow("summary.config.system_prompt").click();
    await workbench.answer("Answer in one word.");
    await workbench.pickRow("Another Value…").click();
    await workbench.answer("Answer as a poem.");
    await workbench.pickRow("Try These 2 Values").click();
    await workbench.pickRow('with "Answer as a poem.": config.system_prompt has changed').waitFor();
    await picture("sweep-plan");
    await workbench.pickRow("Run 2 Forks").click();
    await sweep.row("Answer as a poem.").filter({ hasText: "succeeded" }).waitFor();
    await sweep.row("Answer in one word.").filter({ hasText: "succeeded" }).waitFor();
    // Sessions that were over before anybody could look at them are no mistake.
    expect(await workbench.notification("could not finish").count()).toBe(0);
    await picture("sweep-table");

    await sweep.row("Answer as a poem.").getByRole("button", { name: "Compare run" }).click();
    await comparison.figures("summary").filter({ hasText: "first to differ" }).waitFor();

    // Both outlive the window, and the table still leads to the runs.
    await workbench.command("View: Show Explorer");
    await workbench.reload();
    await comparison.figures("summary").filter({ hasText: "first to differ" }).waitFor();
    await picture("comparison-after-reload");
    await workbench.tab("Values of").click();
    await sweep.row("Answer as a poem.").getByRole("button", { name: "Open" }).click();
    await timeline.focus();
    await timeline.text("Exact replay").waitFor();
    await picture("sweep-opened");
  },
);
