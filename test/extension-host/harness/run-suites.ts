import { writeFileSync } from "node:fs";
import Mocha from "mocha";

interface Outcome {
  readonly title: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  readonly message?: string;
}

/**
 * What VS Code calls inside its extension host: runs the bundled suites beside this file and writes each test's
 * outcome to the file that `FLOWMASON_TEST_RESULTS` names. Rejects when a test failed, so that VS Code exits with 1.
 */
export async function run(): Promise<void> {
  const resultsFile = process.env["FLOWMASON_TEST_RESULTS"];
  const suites = process.env["FLOWMASON_TEST_SUITES"];
  if (resultsFile === undefined || suites === undefined) throw new Error("Start these tests with npm test");
  process.setSourceMapsEnabled(true);
  const title = process.env["FLOWMASON_TEST_TITLE"] ?? "";
  const mocha = new Mocha({ ui: "tdd", timeout: 30_000, ...(title === "" ? {} : { fgrep: title }) });
  mocha.addFile(suites);
  const outcomes: Outcome[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => outcomes.push({ ...base(test), status: "passed" }));
    runner.on("pending", (test) => outcomes.push({ ...base(test), status: "skipped" }));
    runner.on("fail", (test, error: Error) => {
      outcomes.push({ ...base(test), status: "failed", message: error.stack ?? error.message });
    });
  });
  writeFileSync(resultsFile, JSON.stringify(outcomes, null, 1));
  if (outcomes.length === 0)
    throw new Error(title === "" ? "No test ran" : `No test has “${title}” in its title`);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function base(test: Mocha.Test | Mocha.Hook): { readonly title: string; readonly durationMs: number } {
  return { title: test.title, durationMs: test.duration ?? 0 };
}
