import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { runLogged } from "../setup/processes.mjs";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";
import { resultsFolder } from "./results.ts";
import type { Stage, TestOutcome } from "./stage.ts";

/** The tests that run inside VS Code's extension host, over the real `vscode` API. */
export const extensionHostStage: Stage = {
  name: "extension-host",
  needs: ["package", "browser", "vscode"],
  async run() {
    const resultsFile = path.join(resultsFolder, "extension-host.json");
    rmSync(resultsFile, { force: true });
    const log = "test-extension-host";
    const logFile = inRoot(".cache", "logs", `${log}.log`);
    let stopped: StepFailure | undefined;
    try {
      await runLogged(log, process.execPath, [inRoot("test", "e2e", "host-tests.ts"), resultsFile]);
    } catch (error) {
      stopped = StepFailure.from(error);
    }
    const tests = readOutcomes(resultsFile);
    if (tests === undefined)
      throw stopped ?? new StepFailure("The extension host wrote no results", { log: logFile });
    return { tests, logFile };
  },
};

function readOutcomes(file: string): readonly TestOutcome[] | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // No results, or half of them: the caller reports the run as failed.
    return undefined;
  }
}
