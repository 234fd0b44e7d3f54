import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { vsixFile } from "../../../scripts/build/vsix.ts";
import { type CodeServer, freePort, startCodeServer } from "../../../scripts/launch/code-server.ts";
import { scenario } from "../harness/scenario.ts";
import { testSettings } from "../harness/test-settings.ts";

const sample = "summarize-feedback.pipeline.json";

const folder = mkdtempSync(path.join(os.tmpdir(), "fm-"));
let server: CodeServer;
beforeAll(async () => {
  server = await startCodeServer({
    folder,
    settings: {
      ...testSettings,
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
    },
    extensions: [vsixFile],
    port: await freePort(),
    trust: "asked",
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

scenario(
  "an untrusted workspace can be looked at and edited; nothing runs until it is trusted",
  async ({ page, workbench, canvas, debugView, folder: workspace }) => {
    await workbench.openFile(sample);
    await canvas.ready();
    await canvas.nudge("report");
    await workbench.save();
    expect(workspace.read(`pipelines/${sample}`)).toContain('"layout"');

    const tool = (name: string) => canvas.frame.locator(`.tool[aria-label^="${name}"]`);
    const blocked = ': This workspace is not trusted: trust it to run pipelines."]';
    await canvas.frame.locator(`.tool[aria-label="Run Pipeline${blocked}`).waitFor();
    await canvas.frame.locator(`.tool[aria-label="Debug Pipeline (F5)${blocked}`).waitFor();

    // VS Code itself asks before a debugger may start; giving up leaves everything as it was.
    const dialog = page.locator(".monaco-dialog-box");
    await page.keyboard.press("F5");
    await dialog.filter({ hasText: "trust" }).waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await canvas.frame.locator("[data-stage][data-status]").count()).toBe(0);

    await canvas.select("report");
    await page.keyboard.press("F5");
    await dialog.getByRole("button", { name: /^Trust/ }).click();
    await debugView.finished();
    await canvas.stageWithStatus("report", "succeeded").waitFor();
    await expect.poll(() => tool("Run Pipeline").getAttribute("aria-label")).toBe("Run Pipeline");
  },
  { window: () => ({ port: server.port, folder }) },
);
