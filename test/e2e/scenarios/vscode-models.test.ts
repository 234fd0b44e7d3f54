import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { packGuardedModels, vsixFile } from "../../../scripts/build/vsix.ts";
import { type CodeServer, freePort, startCodeServer } from "../../../scripts/launch/code-server.ts";
import { scenario } from "../harness/scenario.ts";
import { testSettings } from "../harness/test-settings.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "fm-"));
let server: CodeServer;
beforeAll(async () => {
  server = await startCodeServer({
    folder,
    settings: testSettings,
    extensions: [vsixFile, await packGuardedModels()],
    port: await freePort(),
    trust: "every",
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

scenario(
  "VS Code asks whether FlowMason may use its models: a no fails the stage and says what to do, a yes answers it",
  async ({ page, workbench, canvas, debugView }) => {
    await workbench.openFile("ask.pipeline.json");
    await canvas.ready();
    const dialog = page.locator(".monaco-dialog-box").filter({
      hasText: "The extension 'FlowMason' wants to access the language models provided by Guarded",
    });
    await workbench.command("FlowMason: Run Pipeline");
    await dialog.getByText('It runs the pipeline "ask.pipeline.json".').waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await canvas.stageWithStatus("ask", "failed").waitFor();
    await workbench.command("Debug Console: Focus on Debug Console View");
    await debugView.consoleLine("VS Code does not let FlowMason use guarded/safe").waitFor();

    await workbench.command("FlowMason: Run Pipeline");
    await dialog.getByRole("button", { name: "Allow" }).click();
    await canvas.stageWithStatus("ask", "succeeded").waitFor();
    await debugView.consoleLine("Good day.").waitFor();
  },
  {
    window: () => ({ port: server.port, folder }),
    workspace: {
      "flowmason.json": '{ "name": "t" }',
      "ask.pipeline.json": JSON.stringify({
        name: "ask",
        version: "1.0.0",
        stages: [
          { id: "ask", component_type: "generator", config: { prompt: "Hello?", provider: "vscode" } },
        ],
      }),
    },
  },
);
