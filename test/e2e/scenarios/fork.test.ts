import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";

scenario(
  "a fork with an edited prompt says first what it would do, and re-runs only what depends on it",
  async ({ page, folder, workbench, canvas, debugView, timeline, comparison }) => {
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env["FLOWMASON_SCREENSHOTS"];
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png` });
    };
    const runs = (): readonly string[] =>
      readdirSync(path.join(folder.path, ".flowmason", "runs"))
        .filter((name) => /^\d{8}-/.test(name))
        .toSorted();
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.toggleBreakpoint("report");
    await canvas.breakpoint("report").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await debugView.stoppedAt("report");
    const [original = ""] = runs();
    const before = folder.read(`.flowmason/runs/${original}/journal.ndjson`);

    // What the adapter refuses is said, and once.
    await workbench.command("FlowMason: Retry Stage");
    await workbench.notification("The stage cannot be tried again").first().waitFor();
    await picture("retry-refused");

    await debugView.frame("report").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Skip Stage" }).waitFor();
    expect(await workbench.notification("The stage cannot be tried again").count()).toBe(1);
    await picture("call-stack-menu");
    await workbench.chooseInMenu("Fork Run from Here…");
    await workbench.pickRow("A prompt or another setting of a stage").waitFor();
    await picture("fork-what");
    await workbench.pickRow("A prompt or another setting of a stage").click();
    await workbench.pickRow("summary.config.system_prompt").click();
    await workbench.answer("Answer in one word.");
    await workbench.pickRow("Start the Fork").waitFor();
    await workbench.pickRow("config.system_prompt has changed").waitFor();
    await workbench.pickRow("statistics").filter({ hasText: "does not run" }).waitFor();
    await picture("fork-plan");
    expect(runs()).toEqual([original]);
    await workbench.pickRow("Start the Fork").click();

    // The fork comes to the front, with a console of its own.
    await debugView.consoleLine("2 finished stages are taken over").waitFor();
    await debugView.consoleLine("✓ summary").waitFor();
    await debugView.stoppedAt("Fork of");
    await canvas.stageWithStatus("report", "stopped").waitFor();
    expect(await debugView.consoleLine("✓ statistics").count()).toBe(0);
    expect(runs()).toHaveLength(2);
    expect(folder.read(`.flowmason/runs/${original}/journal.ndjson`)).toBe(before);
    await picture("fork-stopped");

    await timeline.focus();
    await timeline.row("summary, succeeded").click({ button: "right" });
    await workbench.chooseInMenu("Fork Run from Here…");
    await workbench.pickRow("The pipeline file, as it is now").waitFor();
    await page.keyboard.press("Escape");
    await workbench.pickRow("The pipeline file, as it is now").waitFor({ state: "hidden" });

    // The fork is compared with the run that it is from, which is offered first.
    await timeline.row("summary, succeeded").click({ button: "right" });
    await workbench.chooseInMenu("Compare Two Runs…");
    await workbench.pickRow(original).click();
    await comparison.change("config.system_prompt").waitFor();
    await comparison.figures("summary").filter({ hasText: "first to differ" }).waitFor();
    await picture("fork-compared");

    // From the tree of forks above the timeline back to the run, which is still stopped.
    await workbench.openFile(sample);
    await canvas
      .banner()
      .filter({ hasText: `Fork of run ${original}` })
      .waitFor();
    await timeline.focus();
    await timeline.button("2 runs").click();
    await timeline.button(original).click();
    await timeline.text("Live run").waitFor();

    // A live replay says that all of it runs again, and is named as one.
    await workbench.command("FlowMason: Live Replay…");
    await workbench.pickRow("statistics").filter({ hasText: "waits for complaints" }).waitFor();
    await picture("live-replay-plan");
    await workbench.pickRow("Start the Live Replay").click();
    await canvas
      .banner()
      .filter({ hasText: `Live replay of run ${original}` })
      .waitFor();
    await canvas.stageWithStatus("report", "stopped").waitFor();
    await timeline.text("Live replay").waitFor();
    expect(runs()).toHaveLength(3);
    await picture("live-replay");
  },
);
