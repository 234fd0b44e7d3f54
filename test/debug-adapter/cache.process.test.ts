import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runStateEvent } from "#protocol";
import { startAdapter } from "./support/adapter-process.ts";

const line = '{ "id": "count", "component_type": "command",';

test("RV-01 a stage whose output is kept stops at its breakpoint, does not run, and is told as cached", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "fm-cached-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const path = join(cwd, "p.pipeline.json");
  const stage = `${line} "config": { "command": ["sh", "-c", "echo ran >> count.txt"] }, "cache": true }`;
  await writeFile(path, `{ "name": "p", "version": "1.0.0", "stages": [\n${stage}\n] }`);
  await writeFile(join(cwd, "flowmason.json"), '{ "name": "p" }');
  expect(await session(path)).toEqual({ output: ["✓ count\n"], status: "succeeded" });
  expect(await session(path)).toEqual({ output: ["✓ count from the cache\n"], status: "cached" });
  expect(await readFile(join(cwd, "count.txt"), "utf8")).toBe("ran\n");
});

/** Runs the pipeline with a breakpoint on its stage's line, and gives what was told of its end. */
async function session(path: string): Promise<{ readonly output: string[]; readonly status: unknown }> {
  const client = await startAdapter();
  const output: string[] = [];
  let status: unknown = null;
  client.on("output", ({ body }) => {
    if (body.output.startsWith("✓")) output.push(body.output);
  });
  client.on(runStateEvent.name, ({ body }) => {
    for (const stage of runStateEvent.body.parse(body).stages) status = stage.status;
  });
  const stopped = client.waitForEvent("stopped");
  const ended = client.waitForEvent("terminated");
  await Promise.all([
    client.waitForEvent("initialized").then(async () => {
      await client.setBreakpointsRequest({ source: { path }, breakpoints: [{ line: 2 }] });
      await client.configurationDoneRequest();
    }),
    client.launch({ pipeline: path }),
  ]);
  const { body } = await stopped;
  expect([body.reason, status]).toEqual(["breakpoint", null]);
  await client.continueRequest({ threadId: body.threadId ?? 0 });
  await ended;
  return { output, status };
}
