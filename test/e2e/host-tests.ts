// Runs the suites of test/extension-host inside a real VS Code, over the packed extension: `node host-tests.ts FILE
// [TITLE]` writes to FILE the outcome of each test, or of those whose title has TITLE in it. Exits with 1 when one failed.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { format } from "node:util";
import { chromium } from "playwright-core";
import { vsixFile } from "../../scripts/build/vsix.ts";
import { browserOptions } from "../../scripts/launch/browser.ts";
import { type CodeServer, freePort, startCodeServer } from "../../scripts/launch/code-server.ts";
import { recordConsole } from "./harness/console-record.ts";
import { keepEvidence } from "./harness/evidence.ts";
import { bundleHostSuites } from "./harness/host-suites.ts";
import { testSettings } from "./harness/test-settings.ts";
import { createWorkspaceFolder } from "./harness/workspace-folder.ts";

const patienceMs = 480_000;
const [resultsFile, title] = process.argv.slice(2);
if (resultsFile === undefined) throw new Error("Usage: host-tests.ts RESULTS-FILE [TITLE]");
mkdirSync(path.dirname(resultsFile), { recursive: true });

// Leaving by the front door is what ends the server: it has a process group of its own.
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const folder = mkdtempSync(path.join(os.tmpdir(), "fm-"));
const { runner, suites, modelProvider } = await bundleHostSuites();
// The server's variables reach the extension host, and with it the tests.
process.env["FLOWMASON_TEST_RESULTS"] = resultsFile;
process.env["FLOWMASON_TEST_SUITES"] = suites;
process.env["FLOWMASON_TEST_TITLE"] = title ?? "";
const server = await startCodeServer({
  folder,
  settings: testSettings,
  extensions: [vsixFile],
  port: await freePort(),
  trust: "every",
  // Without it VS Code ignores the test parameters of the address, silently.
  flags: ["--vscode-option", "enable-smoke-test-driver"],
});
try {
  process.exitCode = await runInWindow(server);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function runInWindow(host: CodeServer): Promise<number> {
  const browser = await chromium.launch(await browserOptions());
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const consoleLines = recordConsole(page);
  const workspace = createWorkspaceFolder(path.join(folder, "workspaces"), "samples");
  try {
    const exit = Promise.withResolvers<number>();
    await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
      process.stdout.write(`${format(...args)}\n`);
    });
    await page.exposeFunction("codeAutomationExit", (code: number) => exit.resolve(code));
    const remote = `vscode-remote://127.0.0.1:${host.port}`;
    await page.goto(
      host.url(workspace.path, [
        ["extensionDevelopmentPath", `${remote}${installedExtension()}`],
        ["extensionDevelopmentPath", `${remote}${modelProvider}`],
        ["extensionTestsPath", `${remote}${runner}`],
      ]),
      { timeout: patienceMs },
    );
    const timer = setTimeout(() => exit.reject(new Error("The tests did not end in time")), patienceMs);
    const code = await exit.promise;
    clearTimeout(timer);
    if (code !== 0) await keepEvidence("extension-host", evidence());
    return code;
  } catch (error) {
    await keepEvidence("extension-host", evidence());
    throw error;
  } finally {
    await browser.close();
  }

  function evidence(): Parameters<typeof keepEvidence>[1] {
    return { page, consoleLines, serverFolder: folder, workspace: workspace.path };
  }
}

/** Where VS Code has unpacked our .vsix. */
function installedExtension(): string {
  const extensions = path.join(folder, "extensions");
  const name = readdirSync(extensions).find((entry) => entry.startsWith("flowmason.flowmason-"));
  if (name === undefined) throw new Error("VS Code has not installed the extension");
  return path.join(extensions, name);
}
