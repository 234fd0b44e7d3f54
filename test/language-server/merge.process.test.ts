import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChosenMerge, type MergeAnswer, type MergeDecision, mergeRequest } from "#protocol";
import { type Client, startClient } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startClient("stdio");
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr()).toBe("");
});

const read = {
  id: "read",
  component_type: "http_request",
  config: { url: "https://a.example", timeout: 10 },
};
const ask = (prompt: string, temperature: number) => ({
  id: "ask",
  component_type: "generator",
  depends_on: ["read"],
  config: { prompt, temperature },
});
const written = (...stages: readonly object[]): string =>
  JSON.stringify({ name: "feedback", stages }, null, 2);

const base = written(read, ask("Say what people want.", 0.2));
const ours = written(read, ask("Say in one sentence what people want.", 0.5));
const theirs = written(
  { ...read, config: { ...read.config, timeout: 60 } },
  ask("Say what people want.", 0.9),
);

async function merged(choices: readonly ChosenMerge[] = [], texts = {}): Promise<MergeAnswer> {
  const uri = "file:///feedback.pipeline.json";
  const params = { uri, base, ours, theirs, choices, ...texts };
  return mergeRequest.result.parse(await client.connection.sendRequest(mergeRequest.name, params));
}

async function successOf(choices: readonly ChosenMerge[] = [], texts = {}) {
  const answer = await merged(choices, texts);
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

const open = (decisions: readonly MergeDecision[]): readonly MergeDecision[] =>
  decisions.filter(({ state }) => state === "open");

test("what both changed to different things is an open decision, with what each has and word by word what it changed", async () => {
  const { text, decisions, problems } = await successOf();
  expect(JSON.parse(text)).toEqual(
    JSON.parse(
      written(
        { ...read, config: { ...read.config, timeout: 60 } },
        ask("Say in one sentence what people want.", 0.5),
      ),
    ),
  );
  expect(open(decisions)).toMatchObject([
    {
      id: "/stages/ask/config/temperature",
      stage: "ask",
      path: "config.temperature",
      reason: "changed-twice",
      resolutions: ["ours", "theirs", "base"],
      edit: "0.5",
      choice: null,
      base: { text: "0.2" },
      ours: {
        text: "0.5",
        pieces: [{ kind: "removed", text: "0.2" }, { text: "\n" }, { kind: "added", text: "0.5" }],
      },
      theirs: { text: "0.9" },
    },
  ]);
  expect(problems).toEqual([]);
});

test("DM-12 a choice decides: a side, the base, or a value of one's own; the last one counts", async () => {
  const decision = "/stages/ask/config/temperature";
  const temperatureAt = async (...choices: readonly ChosenMerge["choice"][]) => {
    const answer = await successOf(choices.map((choice) => ({ decision, choice })));
    expect(open(answer.decisions)).toEqual([]);
    return [JSON.parse(answer.text).stages[1].config.temperature, answer.decisions[0]?.choice];
  };
  expect(await temperatureAt("theirs")).toEqual([0.9, "theirs"]);
  expect(await temperatureAt("theirs", "base")).toEqual([0.2, "base"]);
  expect(await temperatureAt({ value: 0.7 })).toEqual([0.7, { value: 0.7 }]);
});

test("DM-11 what a check finds in the merged text comes with it, and goes with the choice that mends it", async () => {
  const decision = "/stages/ask/config/temperature";
  const { problems } = await successOf([{ decision, choice: { value: "warm" } }]);
  expect(problems).toMatchObject([{ severity: "error", stage: "ask" }]);
  expect((await successOf([{ decision, choice: "ours" }])).problems).toEqual([]);
});

test("DM-14 without a base, what both sides made is merged", async () => {
  const { text, decisions } = await successOf([], { base: null });
  expect(JSON.parse(text).stages).toHaveLength(2);
  const decided = open(decisions);
  expect(decided.length).toBeGreaterThan(0);
  for (const { resolutions, base: before } of decided) {
    expect(resolutions).not.toContain("base");
    expect(before.text).toBeNull();
  }
});

test("a side that is no pipeline is named, with the reason", async () => {
  expect(await merged([], { theirs: "<<<<<<< HEAD" })).toMatchObject({
    ok: false,
    side: "theirs",
    message: expect.stringMatching(/merge|conflict|markers/i),
  });
});
