import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import { expect, test } from "vitest";
import { type ForkPlan, forkPlanRequest, runStateEvent } from "#protocol";
import { startOpenAiServer } from "../support/openai-server.ts";
import { startAdapter } from "./support/adapter-process.ts";
import { recordRunOf, workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

const env = { MY_KEY: "key-of-this-test" };

/** Each of these tests starts several processes, one after the other. */
const slow = 90_000;

const ask = (id: string, prompt: string): string =>
  `{ "id": "${id}", "component_type": "generator", "config": { "prompt": "${prompt}" } }`;

const asks = (last: string): string =>
  `{ "name": "ask", "version": "1.0.0", "stages": [
    ${ask("draft", "Write.")},
    ${ask("aside", "Something else.")},
    ${ask(last, "Review {{upstream.draft.content}}.")}
  ] }`;

/** A workspace with a pipeline whose stages ask a model of a server, and its recorded run. */
async function asked(address: string): Promise<{ folder: string; replay: string }> {
  const folder = await workspaceWith();
  const providers = { default: "local", local: { base_url: address, api_key_env: "MY_KEY", model: "m" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "p", providers }));
  await writeFile(join(folder, "ask.pipeline.json"), asks("review"));
  await transcribe(await startAdapter()).launch("ask", { folder, more: { env, record: true } });
  return { folder, replay: "latest" };
}

async function planOf(client: DebugClient, args: object): Promise<ForkPlan> {
  const { body } = await client.customRequest(forkPlanRequest.name, args);
  return forkPlanRequest.body.parse(body);
}

/** Runs what a plan says as a session of its own; gives what the console said. */
async function carryOut({ launch }: ForkPlan, more: object = {}): Promise<string> {
  const client = await startAdapter();
  let said = "";
  client.on("output", ({ body }: { body: { output: string } }) => {
    said += body.output;
  });
  const ended = client.waitForEvent("terminated");
  await Promise.all([client.configurationSequence(), client.launch({ env, ...launch, ...more }), ended]);
  return said;
}

/** Runs what a plan says as a session of its own; gives what the client was last told of each stage. */
async function statusesOf({ launch }: ForkPlan): Promise<Record<string, string>> {
  const client = await startAdapter();
  const statuses: Record<string, string> = {};
  client.on(runStateEvent.name, ({ body }) => {
    for (const { stage, status } of runStateEvent.body.parse(body).stages) statuses[stage] = status;
  });
  const ended = client.waitForEvent("terminated");
  await Promise.all([client.configurationSequence(), client.launch({ env, ...launch }), ended]);
  return statuses;
}

async function newestJournal(folder: string): Promise<string> {
  const runs = join(folder, ".flowmason", "runs");
  const newest = (await readdir(runs)).toSorted().at(-1) ?? "";
  return await readFile(join(runs, newest, "journal.ndjson"), "utf8");
}

test(
  "TT-05 TT-06 a fork with another prompt says what it runs and what that took, and asks for that stage only",
  async () => {
    const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
    const { folder, replay } = await asked(server.address);
    expect(server.requests).toHaveLength(3);
    const client = await startAdapter();
    await transcribe(client).launch("ask", { replay, folder, more: { env } });
    const set = { "review.config.prompt": "Shorter, please: {{upstream.draft.content}}" };
    const plan = await planOf(client, { at: "end", set });
    expect(plan.again).toEqual([{ stage: "review", why: "config.prompt has changed" }]);
    expect(plan.kept.toSorted()).toEqual(["aside", "draft"]);
    // Not `latest`, which is another run as soon as there is one.
    expect(plan.launch.fork.run).toMatch(/^\d{8}-\d{6}-/);
    expect(plan.estimate).toMatchObject({ calls: 1, unknown: [] });
    expect(plan.estimate.tokens).toBeGreaterThan(0);
    expect(server.requests).toHaveLength(3);
    const said = await carryOut(plan);
    expect(server.requests).toHaveLength(4);
    expect(JSON.stringify(server.requests.at(-1))).toContain("Shorter, please: Good day");
    expect(said).toMatch(/^Forked from run .*: 2 finished stages are taken over\.\nreview:/);
    const journal = await newestJournal(folder);
    expect(journal).toContain('"changes":["review.config.prompt"]');
  },
  slow,
);

test(
  "a fork tells which stages it took over from the record and which ran",
  async () => {
    const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
    const { folder, replay } = await asked(server.address);
    const client = await startAdapter();
    await transcribe(client).launch("ask", { replay, folder, more: { env } });
    const plan = await planOf(client, { at: "end", again: ["review"] });
    expect(await statusesOf(plan)).toEqual({ draft: "recorded", aside: "recorded", review: "succeeded" });
  },
  slow,
);

test(
  "a run starts from a stage that is named, with what was recorded before it",
  async () => {
    const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
    const { folder, replay } = await asked(server.address);
    const client = await startAdapter();
    await transcribe(client).launch("ask", { replay, folder, more: { env } });
    const plan = await planOf(client, { at: "end", again: ["draft"], from: "files" });
    expect(plan.again).toEqual([
      { stage: "draft", why: "is to run again" },
      { stage: "review", why: "waits for draft" },
    ]);
    expect(plan.kept).toEqual(["aside"]);
    await carryOut(plan);
    expect(server.requests).toHaveLength(5);
    expect(await newestJournal(folder)).toContain('"changes":["draft again","pipeline"]');
    await expect(planOf(client, { at: "end", again: ["drafft"] })).rejects.toThrow(
      /drafft cannot be changed in a fork: the run has not come to such a stage/,
    );
  },
  slow,
);

test(
  "TT-05 a fork from what is shown takes over what was done by then, with an output that is edited",
  async () => {
    const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
    const { folder, replay } = await asked(server.address);
    const client = await startAdapter();
    const session = transcribe(client);
    await session.launch("ask", { replay, folder, lines1: [4], more: { env } });
    await session.step("continue");
    const plan = await planOf(client, { at: "shown", set: { "draft.output.content": "Edited" } });
    expect(plan.kept).toContain("draft");
    expect([...plan.again.map(({ stage }) => stage), ...plan.ahead]).toContain("review");
    await carryOut(plan);
    expect(JSON.stringify(server.requests.at(-1))).toContain("Review Edited.");
    await expect(planOf(client, { at: "end", set: { "nothing.output": 1 } })).rejects.toThrow(
      /nothing\.output cannot be changed in a fork: the run has no stage nothing/,
    );
    await expect(planOf(client, { at: -2 })).rejects.toThrow(/cannot be used/);
  },
  slow,
);

test(
  "TT-10 a fork goes on with the file as it is now, and says which stages are not in it any longer",
  async () => {
    const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
    const { folder, replay } = await asked(server.address);
    await writeFile(join(folder, "ask.pipeline.json"), asks("check"));
    const client = await startAdapter();
    await transcribe(client).launch("ask", { replay, folder, more: { env } });
    const plan = await planOf(client, { at: "end", from: "files" });
    expect(plan).toMatchObject({ unmapped: ["review"], ahead: ["check"], again: [] });
    expect(await carryOut(plan)).toContain("review is not in the pipeline any longer.");
    expect(server.requests).toHaveLength(4);
  },
  slow,
);

test(
  "TT-07 a fork with another output in one round of a loop runs that round's users, and no other round",
  async () => {
    const folder = await workspaceWith("orders");
    const replay = await recordRunOf(folder, "orders");
    const client = await startAdapter();
    await transcribe(client).launch("orders", { replay, folder });
    const plan = await planOf(client, { at: "end", set: { "each[1]/double.output": 100 } });
    expect(plan.kept).toEqual(expect.arrayContaining(["read", "each[0]/double", "each[1]/double"]));
    expect(plan.again.map(({ stage }) => stage)).toEqual(expect.arrayContaining(["sum", "report"]));
    expect(plan.again.map(({ stage }) => stage)).not.toContain("each[0]/double");
    const forked = await startAdapter();
    const session = transcribe(forked);
    const stopped = forked.waitForEvent("terminated");
    await Promise.all([forked.configurationSequence(), forked.launch({ ...plan.launch }), stopped]);
    expect(await newestJournal(folder)).toContain("106");
    expect(session.text()).not.toContain("Defect");
  },
  slow,
);

test(
  "TT-11 a fork that would have an effect twice is refused until it is asked for",
  async () => {
    const folder = await workspaceWith();
    const command = (id: string, more = ""): string =>
      `{ "id": "${id}", "component_type": "command", "config": { "command": ["node", "-e", "console.log(1)"] }${more} }`;
    const pipeline = `{ "name": "act", "version": "1.0.0", "stages": [
    { "id": "first", "component_type": "json_transform", "config": { "data": 1, "template": "{{data}}" } },
    ${command("act", ', "depends_on": ["first"]')}
  ] }`;
    await writeFile(join(folder, "act.pipeline.json"), pipeline);
    const replay = await recordRunOf(folder, "act");
    const client = await startAdapter();
    await transcribe(client).launch("act", { replay, folder });
    const plan = await planOf(client, { at: "end", set: { "first.output": 2 } });
    expect(plan.effects).toEqual(["act"]);
    await expect(carryOut(plan)).rejects.toThrow(/would have it again: act/);
    await carryOut(plan, { fork: { ...plan.launch.fork, repeatEffects: true } });
  },
  slow,
);
