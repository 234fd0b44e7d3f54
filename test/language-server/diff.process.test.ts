import { afterAll, beforeAll, expect, test } from "vitest";
import { type DiffAnswer, type DiffChange, diffRequest, type TextPlace } from "#protocol";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr()).toBe("");
});

const before = JSON.stringify(
  {
    name: "feedback",
    stages: [
      { id: "read", component_type: "http_request", config: { url: "https://a.example" } },
      {
        id: "summarize",
        component_type: "generator",
        depends_on: ["read"],
        config: { prompt: "Say in one sentence what people want.", temperature: 0.2 },
      },
      { id: "check", component_type: "filter", depends_on: ["summarize"], config: { condition: "true" } },
      { id: "log", component_type: "logger", depends_on: ["check"], config: { message: "done" } },
    ],
  },
  null,
  2,
);
const after = JSON.stringify(
  {
    name: "feedback",
    stages: [
      { id: "read", component_type: "http_request", config: { url: "https://a.example" } },
      {
        id: "digest",
        component_type: "generator",
        depends_on: ["read"],
        config: { prompt: "Say in two sentences what people want.", temperature: 0.2, max_tokens: 90 },
      },
      { id: "log", component_type: "logger", depends_on: ["digest"], config: { message: "done" } },
      {
        id: "send",
        component_type: "http_request",
        depends_on: ["log"],
        config: { url: "https://b.example" },
      },
    ],
  },
  null,
  4,
);

const ask = async (one: object, other: object): Promise<DiffAnswer> =>
  diffRequest.result.parse(
    await client.connection.sendRequest(diffRequest.name, { before: one, after: other }),
  );
const asText = (text: string): object => ({ kind: "text", text });

async function changesOf(one: string, other: string): Promise<readonly DiffChange[]> {
  const answer = await ask(asText(one), asText(other));
  if (!answer.ok) throw new Error(answer.message);
  return answer.changes;
}

/** What stands at a place of a text. */
function read(text: string, place: TextPlace | null | undefined): string | null {
  if (place == null) return null;
  const lines = text.split("\n");
  const offset = ({ line0, character }: TextPlace["start"]): number =>
    lines.slice(0, line0).reduce((sum, line) => sum + line.length + 1, 0) + character;
  return text.slice(offset(place.start), offset(place.end));
}

test("flowmason/diff tells the changes of two texts, each with its place in both", async () => {
  const answer = await ask(asText(before), asText(after));
  if (!answer.ok) throw new Error(answer.message);
  expect(answer.renamed).toEqual([{ before: "summarize", after: "digest" }]);
  const places = answer.changes.map(({ sign, label, topic, places: at }) => [
    `${sign} ${label}`,
    topic,
    read(before, at.before)?.replaceAll(/\s+/g, " ").slice(0, 28) ?? null,
    read(after, at.after)?.replaceAll(/\s+/g, " ").slice(0, 28) ?? null,
  ]);
  expect(places).toEqual([
    [
      '» stage "summarize" renamed to "digest"',
      "stages",
      '{ "id": "summarize", "compon',
      '{ "id": "digest", "component',
    ],
    ['- stage "check" (filter) removed', "stages", '{ "id": "check", "component_', null],
    [
      '~ stage "digest": config.prompt',
      "prompts",
      '"prompt": "Say in one senten',
      '"prompt": "Say in two senten',
    ],
    ['+ stage "digest": config.max_tokens', "config", '"config": { "prompt": "Say i', '"max_tokens": 90'],
    ['~ stage "log": depends_on', "edges", '"depends_on": [ "check" ]', '"depends_on": [ "digest" ]'],
    ['+ stage "send" (http_request) added', "stages", null, '{ "id": "send", "component_t'],
  ]);
});

test("a changed prompt is told word by word, a list item by item", async () => {
  const changes = await changesOf(before, after);
  const told = (path: string): readonly string[] | undefined =>
    changes
      .find((change) => change.path === path)
      ?.pieces.map(({ kind, text }) => `${{ same: "", removed: "-", added: "+" }[kind]}${text}`);
  expect(told("config.prompt")).toEqual([
    "Say in ",
    "-one",
    "+two",
    " ",
    "-sentence",
    "+sentences",
    " what people want.",
  ]);
  expect(told("depends_on")).toEqual(["-check", "\n", "+digest"]);
});

test("texts that say the same have no changes, and open ones are compared as they are typed", async () => {
  expect(await changesOf(before, JSON.stringify(JSON.parse(before)))).toEqual([]);
  const uri = "file:///nowhere/diff.pipeline.json";
  client.open(uri, before);
  client.change(uri, 2, [{ text: before.replace('"done"', '"over"') }]);
  const answer = await ask(asText(before), { kind: "open", uri });
  expect(answer).toMatchObject({ ok: true, changes: [{ stage: "log", path: "config.message" }] });
  await expect(ask(asText(before), { kind: "open", uri: "file:///closed.pipeline.json" })).rejects.toThrow(
    /no open pipeline/,
  );
});

test("a side that is no pipeline is named, with why and where", async () => {
  const broken = before.replace('"name": "feedback",', '"name" "feedback",');
  expect(await ask(asText(before), asText(broken))).toMatchObject({
    ok: false,
    side: "after",
    message: expect.stringMatching(/./),
    at: { line0: 1 },
  });
  expect(await ask(asText("[]"), asText(before))).toMatchObject({ ok: false, side: "before" });
});

test("parameters that are not as the request has them are answered as such, with where", async () => {
  const asked = client.connection.sendRequest(diffRequest.name, { before: { kind: "text", text: 1 } });
  await expect(asked).rejects.toMatchObject({
    // JSON-RPC's "invalid params".
    code: -32_602,
    message: expect.stringMatching(/^flowmason\/diff cannot be answered\. params\.before.*params\.after/),
  });
});
