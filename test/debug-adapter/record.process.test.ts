import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readJournal } from "#core/journal";
import { pipelinePath, startAdapter } from "./support/adapter-process.ts";

/** A workspace of its own with a pipeline in it. */
async function workspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-record-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(pipelinePath("loop"), join(folder, "loop.pipeline.json"));
  return folder;
}

/** Runs the pipeline to its end in a session with these launch arguments. */
async function session(folder: string, args: object): Promise<void> {
  const client = await startAdapter();
  const pipeline = join(folder, "loop.pipeline.json");
  const ended = client.waitForEvent("terminated");
  await Promise.all([
    client.configurationSequence(),
    client.launch({ pipeline, noDebug: true, provider: "offline", ...args }),
    ended,
  ]);
}

test("TT-16 a debug session is recorded in its workspace, unless its launch says not to", async () => {
  const folder = await workspace();
  await session(folder, { record: false });
  expect(await readdir(folder)).toEqual(["loop.pipeline.json"]);
  await session(folder, {});
  const [run = ""] = await readdir(join(folder, ".flowmason", "runs"));
  const text = await readFile(join(folder, ".flowmason", "runs", run, "journal.ndjson"), "utf8");
  const { events, problems } = readJournal(text);
  expect(problems).toEqual([]);
  expect(events[0]).toMatchObject({ kind: "run-started", runId: run });
  expect(events.at(-1)).toMatchObject({ kind: "run-finished" });
});

test("where a session cannot be recorded the launch is refused, with the way to do without", async () => {
  const folder = await workspace();
  await writeFile(join(folder, ".flowmason"), "a file");
  await expect(session(folder, {})).rejects.toThrow(/no folder\. Remove it\. With "record": false/);
});
