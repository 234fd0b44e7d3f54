import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startOpenAiServer } from "../support/openai-server.ts";
import { startAdapter } from "./support/adapter-process.ts";
import { workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

const ask = (id: string, prompt: string): string =>
  `    { "id": "${id}", "component_type": "generator", "config": { "prompt": "${prompt}" } }`;

/** A workspace with a pipeline of three stages, of which the first two ask a model of a server. */
async function asking(address: string): Promise<string> {
  const folder = await workspaceWith();
  const providers = { default: "local", local: { base_url: address, api_key_env: "MY_KEY", model: "m" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "p", providers }));
  const lines = [
    '{ "name": "ask", "version": "1.0.0", "stages": [',
    `${ask("draft", "Write.")},`,
    `${ask("review", "Review {{upstream.draft.content}}.")},`,
    ask("print", "Print {{upstream.review.content}}."),
    "] }",
  ];
  await writeFile(join(folder, "ask.pipeline.json"), lines.join("\n"));
  return folder;
}

test("TT-02 TT-03 DB-20 a stopped run goes back to earlier stops and forward again to where it is live, with no call", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const folder = await asking(server.address);
  const session = transcribe(await startAdapter());
  await session.launch("ask", { folder, lines1: [3, 4], more: { env: { MY_KEY: "key-of-this-test" } } });
  await session.step("continue");
  await session.look();
  const asked = server.requests.length;
  expect(asked).toBe(2);
  await session.step("stepBack");
  await session.look();
  await session.evaluate("upstream.review.content");
  await session.evaluate("upstream.draft.content");
  await session.step("stepBack");
  await session.step("stepBack");
  await session.step("continue");
  await session.step("continue");
  await session.evaluate("upstream.review.content");
  await session.step("reverseContinue");
  await session.step("reverseContinue");
  await session.step("next");
  await session.jump(2);
  await session.step("next");
  await session.step("next");
  expect(server.requests).toHaveLength(asked);
  await session.look();
  await session.step("next");
  expect(server.requests).toHaveLength(asked + 1);
  await expect(session.text()).toMatchFileSnapshot(golden("time-travel"));
});

test("without debugging there is no way back", async () => {
  const folder = await workspaceWith("review");
  const client = await startAdapter();
  const events: string[] = [];
  client.on("capabilities", () => events.push("capabilities"));
  const session = transcribe(client);
  await session.launch("review", { folder, more: { noDebug: true } });
  expect(events).toEqual([]);
  await expect(client.send("stepBack", { threadId: 1 })).rejects.toThrow(/Nothing is stopped/);
});
