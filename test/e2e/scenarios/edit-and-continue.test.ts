import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const pipeline = `{
  "name": "act",
  "version": "1.0.0",
  "stages": [
    {
      "id": "say",
      "component_type": "json_transform",
      "config": { "data": {}, "template": "old words" }
    },
    {
      "id": "act",
      "component_type": "command",
      "config": { "command": ["node", "-e", "require('fs').appendFileSync('fired.txt', '!')", "{{ upstream.say }}"] }
    },
    {
      "id": "last",
      "component_type": "logger",
      "config": { "message": "after {{ upstream.say }}" },
      "depends_on": ["act"]
    }
  ]
}
`;

scenario(
  "DB-10 a run that is stopped goes on with the pipeline as it is edited, and repeats an effect only when that is agreed to",
  async ({ page, folder, workbench, canvas, debugView, textEditor }) => {
    await workbench.openFile("act.pipeline.json");
    await canvas.ready();
    await canvas.toggleBreakpoint("last");
    await canvas.breakpoint("last").waitFor();
    await debugView.start();
    await canvas.stageWithStatus("last", "stopped").waitFor();
    await debugView.stoppedAt("last");
    expect(folder.read("fired.txt")).toBe("!");
    await workbench.focusActiveTab();
    await workbench.command("FlowMason: Open as Text");
    await textEditor.replace("old words", "new words");
    await workbench.save();
    const offer = workbench.notification("was edited while its run is stopped");
    await offer.getByRole("button", { name: "Continue with the Edited Pipeline" }).click();
    await workbench.pickRow("config.template has changed").waitFor();
    await workbench.pickRow("may have had its effect already").waitFor();
    const pictures = process.env["FLOWMASON_SCREENSHOTS"];
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/edited-plan.png` });
    await workbench.pickRow("End This Run and Continue").click();
    const dialog = page.getByRole("dialog").filter({ hasText: "Run act again?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "hidden" });
    // Given up: the run stands where it stood.
    await debugView.stoppedAt("last");
    expect(folder.read("fired.txt")).toBe("!");

    await workbench.command("FlowMason: Continue with the Edited Pipeline");
    await workbench.pickRow("End This Run and Continue").click();
    if (pictures !== undefined) await dialog.waitFor();
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/edited-consent.png` });
    await dialog.getByRole("button", { name: "Run It Again" }).click();
    await debugView.consoleLine("Forked from run").waitFor();
    // The old run's frame may still be in the call stack: what the new run did tells that it came that far.
    await expect.poll(() => folder.read("fired.txt")).toBe("!!");
    await debugView.stoppedAt("last");
    await debugView.continue();
    await debugView.consoleLine("after new words").waitFor();
    await debugView.finished();
  },
  // What a command writes goes to the workspace folder.
  { workspace: { "act.pipeline.json": pipeline }, window: "own" },
);
