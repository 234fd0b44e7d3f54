import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, onTestFinished, test } from "vitest";
import { type QuestionBody, questionEvent } from "#protocol";
import { fm } from "../support/fm.ts";
import { startAdapter } from "./support/adapter-process.ts";

const stages = [
  { id: "deploy", component_type: "approval", config: { prompt: "Deploy?" } },
  { id: "name", component_type: "approval", config: { prompt: "Name?", kind: "text" } },
  {
    id: "all",
    component_type: "json_transform",
    config: { template: "{{ upstream.deploy.answered_via }} {{ upstream.name.answer }}" },
  },
];

test("the client is asked, answers by request, and hears of an answer from elsewhere", async () => {
  const folder = await workspaceOf(stages);
  const client = await startAdapter();
  const told = questionsOf(client);
  const output = outputOf(client);
  await launch(client, join(folder, "t.pipeline.json"));
  const asked = await told.until(2);
  expect(asked.map(({ kind, stage, question }) => [kind, stage, question.prompt])).toEqual([
    ["asked", "deploy", "Deploy?"],
    ["asked", "name", "Name?"],
  ]);

  const unfit = client.customRequest("flowmason/answer", { id: "deploy#1", value: "maybe", via: "test" });
  await expect(unfit).rejects.toThrow("Answer with yes or no.");
  const malformed = client.customRequest("flowmason/answer", { value: true });
  await expect(malformed).rejects.toThrow("An answer has the id of its question and a value.");
  await client.customRequest("flowmason/answer", { id: "deploy#1", value: true, via: "an editor" });
  const late = client.customRequest("flowmason/answer", { id: "deploy#1", value: false, via: "test" });
  await expect(late).rejects.toThrow("is not open any more");

  const terminated = client.waitForEvent("terminated");
  const [run] = await readdir(join(folder, ".flowmason", "runs"));
  expect(await fm(["answer", run ?? "", "name", "Ada"], { cwd: folder })).toMatchObject({ code: 0 });
  await terminated;
  expect((await told.until(4)).slice(2).map(({ kind, stage }) => [kind, stage])).toEqual([
    ["closed", "deploy"],
    ["closed", "name"],
  ]);
  expect(output.text()).toContain("? deploy asks: Deploy? (yes or no)");
  expect(output.text()).toContain(`fm answer ${run} 'name' VALUE`);
  expect(output.text()).toContain('Output: "an editor Ada"');
  expect(await readdir(join(folder, ".flowmason", "runs", run ?? ""))).not.toContain("answers.json");
});

test("a question goes away with its run", async () => {
  const folder = await workspaceOf(stages.slice(0, 1));
  const client = await startAdapter();
  const told = questionsOf(client);
  await launch(client, join(folder, "t.pipeline.json"));
  await told.until(1);
  const terminated = client.waitForEvent("terminated");
  await client.terminateRequest();
  await terminated;
  expect((await told.until(2)).map(({ kind }) => kind)).toEqual(["asked", "closed"]);
  const [run = ""] = await readdir(join(folder, ".flowmason", "runs"));
  expect(await readdir(join(folder, ".flowmason", "runs", run))).not.toContain("answers.json");
});

/** What the adapter tells of questions, each read by the protocol's own shape. */
function questionsOf(client: DebugClient): { until(count: number): Promise<readonly QuestionBody[]> } {
  const bodies: QuestionBody[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  client.on(questionEvent.name, (event: DebugProtocol.Event) => {
    bodies.push(questionEvent.body.parse(event.body));
    for (const { count, resolve } of waiting) if (bodies.length >= count) resolve();
  });
  return {
    until: async (count) => {
      if (bodies.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return bodies;
    },
  };
}

function outputOf(client: DebugClient): { text(): string } {
  let all = "";
  client.on("output", (event: DebugProtocol.OutputEvent) => {
    all += event.body.output;
  });
  return { text: () => all };
}

async function launch(client: DebugClient, pipeline: string): Promise<void> {
  await client.initializeRequest();
  const launched = client.launchRequest({ pipeline } as DebugProtocol.LaunchRequestArguments);
  await client.configurationDoneRequest();
  await launched;
}

async function workspaceOf(list: readonly object[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowmason-dap-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "flowmason.json"), "{}");
  const text = JSON.stringify({ name: "t", version: "1.0.0", stages: list });
  await writeFile(join(folder, "t.pipeline.json"), text);
  return folder;
}
