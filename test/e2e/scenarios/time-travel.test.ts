import { scenario } from "../harness/scenario.ts";
import { createViewer } from "../pages/viewer.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "TT-02 a stopped run steps back and forward on the canvas, which says that it is the past, and a recorded run opens again",
  async (world) => {
    const { workbench, canvas, debugView, page } = world;
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("report");
    await canvas.breakpoint("report").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await canvas.stageWithStatus("summary", "succeeded").waitFor();
    await debugView.stepBack();
    await canvas.stageWithStatus("summary", "stopped").waitFor();
    await canvas.banner().filter({ hasText: "In the past" }).waitFor();
    await debugView.stoppedAt("summary");
    await debugView.reverse();
    await canvas.stageWithStatus("summary", "waiting").waitFor();
    await debugView.stoppedAt("complaints");
    await debugView.continue();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await canvas.stageWithStatus("summary", "succeeded").waitFor();
    await canvas.banner().filter({ hasText: "In the past" }).waitFor({ state: "hidden" });
    await debugView.stoppedAt("report");
    await debugView.continue();
    await debugView.finished();
    await canvas.stageWithStatus("report", "succeeded").waitFor();

    await workbench.command("FlowMason: Debug Recorded Run…");
    await workbench.pickRow("succeeded").click();
    await canvas.banner().filter({ hasText: "In the past" }).waitFor();
    await debugView.consoleLine("Nothing runs, and no model is asked").waitFor();
    await debugView.stoppedAt("complaints");
    await debugView.continue();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await debugView.stoppedAt("report");
    await canvas.wireValue('…"').waitFor();
    await debugView.stepBack();
    await canvas.stageWithStatus("summary", "stopped").waitFor();
    await debugView.stoppedAt("summary");
    await canvas.wireValue('…"').waitFor({ state: "hidden" });

    // The prompt was made of the complaints, and those by the first stage, which is gone to.
    await debugView.variable("Summarise what customers dislike").click({ button: "right" });
    await workbench.chooseInMenu("Who Produced This Value?");
    await workbench.pickRow("trace this one").waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await workbench.pickRow("made by filter").click();
    await debugView.stoppedAt("complaints — done");
    await canvas.stageWithStatus("complaints", "stopped").waitFor();

    // What it gave is a table, which is compared with an output, and read as JSON.
    const viewer = createViewer(page);
    await debugView.expand("Output");
    await debugView.variable("(3) [{").click({ button: "right" });
    await workbench.chooseInMenu("Open in Viewer");
    await viewer.cell("Chiara").waitFor();
    await viewer.button("Compare with Another Stage…").click();
    await workbench.pickRow("complaints").click();
    await page.getByRole("tab", { name: "complaints ↔ output.data" }).waitFor();
    await page.getByRole("tab", { name: "data", exact: true }).click();
    await viewer.cell("Chiara").waitFor();
    await viewer.button("Open as Document").click();
    // The comparison, which is behind it, has its name too.
    await page.locator('[role="tab"][aria-selected="true"][aria-label^="output.data.json"]').waitFor();
  },
);

scenario(
  "DB-16 a value in a viewer is shown again once the window is loaded anew, and no more of it can be read then",
  async ({ workbench, canvas, debugView, page }) => {
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("complaints");
    await canvas.breakpoint("complaints").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("complaints", "stopped").waitFor();
    await debugView.stoppedAt("complaints");
    const viewer = createViewer(page);
    await debugView.expand("Inputs");
    await debugView.variable("(5) [{").click({ button: "right" });
    await workbench.chooseInMenu("Open in Viewer");
    await viewer.cell("Chiara").waitFor();
    // A window that has been loaded anew is known by its files.
    await workbench.command("View: Show Explorer");
    await workbench.reload();
    await viewer.cell("Chiara").waitFor();
    await viewer.button("JSON").click();
    await viewer.refusal("The debug session is over").waitFor();
    await viewer.cell("Chiara").waitFor();
  },
  { window: "own" },
);
