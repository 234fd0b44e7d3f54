import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { langsmithRuns } from "../telemetry/langsmith-runs.ts";
import { startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

test("TT-13 a run of production, a trace of LangSmith, is gone through in the debugger with what it was given and gave", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "trace.json"), JSON.stringify(langsmithRuns));
  const { code, stdout } = await fm(["import", "trace.json"], { cwd: folder });
  expect(code).toBe(0);
  const session = transcribe(await startAdapter());
  await session.launch("agent", { replay: stdout.trim(), folder });
  await session.look();
  await session.step("stepBack");
  await session.look();
  await session.step("stepBack");
  await session.look();
  await session.step("reverseContinue");
  await session.look();
  await expect(session.text()).toMatchFileSnapshot("golden/replay-langsmith.txt");
});
