import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  compareRunsRequest,
  forkOutcomesRequest,
  importRunRequest,
  runPipelineRequest,
  runsRequest,
} from "#protocol";
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

test("flowmason/forkOutcomes tells what a stage gave by its id, and of one in a loop round by round", async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, "flowmason.json"), "{}");
  const stages = [
    { id: "v1-draft", component_type: "json_transform", config: { template: { said: "one" } } },
    {
      id: "each",
      component_type: "foreach",
      config: { items: "{{ [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }}", loop_stages: ["times"] },
    },
    { id: "times", component_type: "json_transform", config: { template: { v: "{{ item * 10 }}" } } },
  ];
  await writeFile(join(root, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  expect(await fm(["run", "p.pipeline.json"], { cwd: root })).toMatchObject({ code: 0 });
  const sweep = async (path: string, value: string) => {
    const swept = await fm(["sweep", "latest", path, value, "--json", "-q"], { cwd: root });
    expect(swept).toMatchObject({ code: 0 });
    return String(JSON.parse(swept.stdout).variants[0].run);
  };
  const outcomes = async (run: string, stage: string) => {
    const params = { folder: pathToFileURL(root).href, runs: [run], stage };
    const answer = await client.connection.sendRequest(forkOutcomesRequest.name, params);
    return forkOutcomesRequest.result.parse(answer).outcomes[0];
  };
  const draft = await sweep("v1-draft.config.template", '{ "said": "two", "more": [1, 2] }');
  expect(await outcomes(draft, "v1-draft")).toMatchObject({
    status: "succeeded",
    outputs: [
      {
        address: "v1-draft",
        text: "said: two\nmore:\n  - 1\n  - 2",
        cut: false,
      },
    ],
    moreOutputs: 0,
  });
  // A setting of a stage in a loop is one of all its rounds, by the id in the file.
  const times = await sweep("times.config.template", '{ "v": "{{ item + 1 }}" }');
  const rounds = await outcomes(times, "times");
  expect(rounds?.outputs).toHaveLength(10);
  expect(rounds).toMatchObject({ moreOutputs: 2 });
  expect(rounds?.outputs[3]).toMatchObject({
    address: "each[3]/times",
    text: expect.stringContaining("v: 5"),
  });
  const output = await fm(["fork", "latest", "--set", "times.output=1", "--dry-run"], { cwd: root });
  expect(output.stderr).toContain("Name one, as in each[0]/times.output.");
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
