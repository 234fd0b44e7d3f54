import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRunsRequest, importRunRequest, runPipelineRequest, runsRequest } from "#protocol";
import { fm, temporaryFolder } from "../support/fm.ts";
import { langsmithRuns } from "../telemetry/langsmith-runs.ts";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio", { relatedInformation: true }, { workspaceTrusted: true });
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
});

test("DB-19 flowmason/runs lists the recorded runs of the workspace around a folder, the newest first", async () => {
  const root = await temporaryFolder();
  const inside = join(root, "pipelines");
  await mkdir(inside);
  await writeFile(join(root, "flowmason.json"), "{}");
  const ask = async (limit: number) =>
    runsRequest.result.parse(
      await client.connection.sendRequest(runsRequest.name, { folder: pathToFileURL(inside).href, limit }),
    );
  expect(await ask(5)).toEqual({ root, runs: [], total: 0 });
  const stage = { id: "say", component_type: "json_transform", config: { data: {}, template: "{{1}}" } };
  const failing = { ...stage, config: { data: {}, template: "{{data.none}}" } };
  await writeFile(join(inside, "good.pipeline.json"), JSON.stringify({ name: "good", stages: [stage] }));
  await writeFile(join(inside, "bad.pipeline.json"), JSON.stringify({ name: "bad", stages: [failing] }));
  await fm(["run", "pipelines/good.pipeline.json"], { cwd: root });
  await fm(["run", "pipelines/bad.pipeline.json"], { cwd: root });
  const { runs, total } = await ask(5);
  expect(total).toBe(2);
  expect(runs.map(({ pipeline, status, failedAt }) => [pipeline, status, failedAt])).toEqual([
    ["bad", "failed", "say"],
    ["good", "succeeded", null],
  ]);
  expect((await ask(1)).runs).toHaveLength(1);
});

test("flowmason/runPipeline gives the text that a pipeline had as it ran, whatever the file says now", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "flowmason.json"), "{}");
  const file = join(root, "good.pipeline.json");
  const stage = { id: "say", component_type: "json_transform", config: { data: {}, template: "{{1}}" } };
  const text = JSON.stringify({ name: "good", stages: [stage] });
  await writeFile(file, text);
  await fm(["run", "good.pipeline.json"], { cwd: root });
  await writeFile(file, "{}");
  const folder = pathToFileURL(root).href;
  const [run] = runsRequest.result.parse(
    await client.connection.sendRequest(runsRequest.name, { folder, limit: 1 }),
  ).runs;
  const ask = (runId: string) => client.connection.sendRequest(runPipelineRequest.name, { folder, runId });
  expect(await ask(run?.runId ?? "")).toEqual({ text, path: "good.pipeline.json" });
  await expect(ask("20000101T000000Z-none")).rejects.toThrow(/not there/);
});

test("TT-08 TT-05 flowmason/compareRuns says what a fork took and gave otherwise, and flowmason/runs of which run it is a fork", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "flowmason.json"), "{}");
  const stage = (id: string, template: string, depends: readonly string[]) => ({
    id,
    component_type: "json_transform",
    config: { data: "{{input.n}}", template },
    depends_on: depends,
  });
  const stages = [stage("one", "{{data + 1}}", []), stage("two", "{{upstream.one.result * 2}}", ["one"])];
  await writeFile(join(root, "sum.pipeline.json"), JSON.stringify({ name: "sum", stages }));
  const folder = pathToFileURL(root).href;
  await fm(["run", "sum.pipeline.json", "--input", '{"n": 1}'], { cwd: root });
  const forked = await fm(["fork", "latest", "--set", 'two.config.template="{{upstream.one.result * 3}}"'], {
    cwd: root,
  });
  expect(forked.code).toBe(0);
  const { runs } = runsRequest.result.parse(
    await client.connection.sendRequest(runsRequest.name, { folder, limit: 5 }),
  );
  const [fork, original] = runs;
  expect(fork?.fork).toMatchObject({ runId: original?.runId, changes: ["two.config.template"] });
  expect(original?.fork).toBeNull();

  const ask = (before: string, after: string) =>
    client.connection.sendRequest(compareRunsRequest.name, { folder, before, after });
  const compared = compareRunsRequest.result.parse(await ask(original?.runId ?? "", fork?.runId ?? ""));
  expect(compared.texts.after).toContain("* 3");
  expect(compared.runs).toMatchObject({ alike: false, firstDivergent: "two" });
  expect(compared.runs.stages.map(({ address, alike }) => [address, alike])).toEqual([
    ["one", true],
    ["two", false],
  ]);
  const changes = compared.answer.ok ? compared.answer.changes : [];
  expect(changes.filter(({ stage: of }) => of === "two").map(({ path }) => path)).toEqual([
    "config.template",
    "inputs.template",
    "output",
  ]);
  await expect(ask("20000101T000000Z-none", fork?.runId ?? "")).rejects.toThrow(/not there/);
});

test("flowmason/importRun takes a file of traces into the workspace, once, and says why not", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "flowmason.json"), "{}");
  const folder = pathToFileURL(root).href;
  const file = join(root, "trace.json");
  await writeFile(file, JSON.stringify(langsmithRuns));
  const ask = () => client.connection.sendRequest(importRunRequest.name, { folder, file });
  const taken = importRunRequest.result.parse(await ask());
  expect(taken).toMatchObject({ root, notes: [expect.stringContaining("in no trace")] });
  const listed = await client.connection.sendRequest(runsRequest.name, { folder, limit: 5 });
  const [run] = runsRequest.result.parse(listed).runs;
  expect(run).toMatchObject({ runId: taken.runs[0], pipeline: "agent", status: "failed", failedAt: "agent" });
  await expect(ask()).rejects.toThrow(/already/);
  await writeFile(file, `{"spans": []}\n`);
  await expect(ask()).rejects.toThrow(/no journal header/);
});
