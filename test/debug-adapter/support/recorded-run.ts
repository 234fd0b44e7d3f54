import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { pipelinePath, startAdapter } from "./adapter-process.ts";

/** A workspace of its own with these pipelines of the tests in it; removed after the test. */
export async function workspaceWith(...pipelines: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-past-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of pipelines) await cp(pipelinePath(name), join(folder, `${name}.pipeline.json`));
  return folder;
}

/** Runs a pipeline of the workspace to its end, recorded; gives the id of the run. */
export async function recordRunOf(folder: string, pipeline: string): Promise<string> {
  const client = await startAdapter();
  const path = join(folder, `${pipeline}.pipeline.json`);
  const ended = client.waitForEvent("terminated");
  const launch = client.launch({ pipeline: path, noDebug: true, provider: "offline" });
  await Promise.all([client.configurationSequence(), launch, ended]);
  const [run = ""] = (await readdir(join(folder, ".flowmason", "runs"))).toSorted().toReversed();
  return run;
}
