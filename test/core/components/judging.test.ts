import { expect, test } from "vitest";
import type { JsonObject } from "#core/ports";
import { createModelPort } from "#core/providers";
import { environmentSecrets } from "#host";
import { startOpenAiServer } from "../../support/openai-server.ts";
import { failureOf, runComponent } from "../../support/run-component.ts";
import { testClock } from "../../support/test-clock.ts";

const judgement = { overall_rating: "good", score: 0.75, feedback: "Clear.", strengths: ["short"] };

test("critic: the judgement of the model, with a verdict of ours", async () => {
  const { output, requests } = await answer("critic", { content: "A text.", criteria: "clarity" }, judgement);
  expect(output).toEqual({ ...judgement, improvements: [], criterion_scores: {}, passes_threshold: true });
  const question = requests[0]?.body.messages.map(({ content }) => content).join("\n");
  for (const part of ["A text.", "clarity", "overall_rating", "needs_improvement"])
    expect(question).toContain(part);
  const strict = await answer("critic", { content: "A text.", strict_mode: true }, judgement);
  expect(strict.output).toMatchObject({ passes_threshold: false });
});

test("an answer in a fence and amid words is read", async () => {
  const { output } = await answer(
    "improver",
    { content: "A text." },
    `Here:\n\`\`\`json\n{"improved_content": "A better text."}\n\`\`\``,
  );
  expect(output).toEqual({
    improved_content: "A better text.",
    changes_made: [],
    preserved_aspects: [],
    improvement_summary: "",
  });
});

test.each([
  ["critic", { content: "x" }, "I like it."],
  ["critic", { content: "x" }, { score: 7 }],
  ["improver", { content: "x" }, { changes_made: [] }],
  ["selector", { candidates: ["a", "b"] }, { rankings: [{ index: 0, score: 1 }], confidence: 1 }],
  [
    "selector",
    { candidates: ["a", "b"] },
    {
      rankings: [
        { index: 0, score: 1 },
        { index: 2, score: 0 },
      ],
      confidence: 1,
    },
  ],
])("%s: an answer of another shape fails, and can be tried again", async (type, inputs, text) => {
  const { failure } = await answer(type, inputs, text);
  expect(failure).toMatchObject({ type: "TRANSFORMATION", recoverable: true });
});

test.each([
  [{}, "b", 1],
  [{ selection_mode: "top_n", top_n: 2 }, ["b", "c"], [1, 2]],
  [{ selection_mode: "rank_all" }, ["b", "c", "a"], [1, 2, 0]],
])("selector with %j takes %j", async (mode, selected, selected_index) => {
  const rankings = [1, 2, 0].map((index) => ({ index, score: 0.5, reason: "r" }));
  const ranked = { rankings, explanation: "e", confidence: 0.9 };
  const { output } = await answer("selector", { candidates: ["a", "b", "c"], ...mode }, ranked);
  expect(output).toEqual({ selected, selected_index, ...ranked });
});

test("synthesizer says what it did with how many", async () => {
  const { output, requests } = await answer(
    "synthesizer",
    { inputs: ["one", "two"], synthesis_strategy: "compare" },
    { synthesized: "s" },
  );
  expect(output).toEqual({ synthesized: "s", key_themes: [], sources_used: 2, strategy_applied: "compare" });
  expect(requests[0]?.body.messages[1]?.content).toMatch(/\[1\]\none\n\n\[2\]\ntwo\n\nCompare/);
});

const notice = "[offline: no language model was asked, and nothing was judged]";

test.each([
  [
    "critic",
    { content: "x", criteria: ["clarity"], rubric: { tone: "warm" } },
    {
      overall_rating: "poor",
      score: 0,
      feedback: `${notice}. The score is 0 because there is none.`,
      strengths: [],
      improvements: [],
      criterion_scores: { clarity: 0, tone: 0 },
      passes_threshold: false,
    },
  ],
  [
    "improver",
    { content: "A text.", feedback: "Bad.", preserve_aspects: ["tone"] },
    {
      improved_content: "A text.",
      changes_made: [],
      preserved_aspects: ["tone"],
      improvement_summary: `${notice}. The text is as it was.`,
    },
  ],
  [
    "selector",
    { candidates: ["a", "b"], selection_mode: "top_n", top_n: 2 },
    {
      selected: ["a", "b"],
      selected_index: [0, 1],
      explanation: `${notice}. The candidates are in the order in which they were given.`,
      rankings: [
        { index: 0, score: 0, reason: "" },
        { index: 1, score: 0, reason: "" },
      ],
      confidence: 0,
    },
  ],
  [
    "synthesizer",
    { inputs: ["One.", "Two."], max_length: 17 },
    {
      synthesized: `${notice}. The texts one after the other:\n\nOne.`,
      key_themes: [],
      sources_used: 2,
      strategy_applied: "integrate",
    },
  ],
])("%s offline judges nothing, and says so", async (type, inputs, output) => {
  const run = await runComponent(type, inputs, { model: { provider: "offline", model: null } });
  expect(run.output).toEqual(output);
  expect(run.events).toEqual([
    { kind: "log", level: "warning", message: expect.stringContaining("asked no language model") },
  ]);
});

test("the provider is asked for the answer's schema, and told it in words", async () => {
  const { requests } = await answer("critic", { content: "x" }, judgement);
  expect(requests[0]?.body).toMatchObject({
    response_format: {
      type: "json_schema",
      json_schema: {
        strict: false,
        schema: { type: "object", required: ["overall_rating", "score", "feedback"] },
      },
    },
  });
});

test("what was overlooked in an answer that is nearly JSON is said", async () => {
  const text = "{'improved_content': 'A better text.', // done\n}";
  const { output, events } = await answer("improver", { content: "A text." }, text);
  expect(output).toMatchObject({ improved_content: "A better text." });
  expect(events.at(-1)).toMatchObject({
    kind: "log",
    level: "debug",
    message: expect.stringContaining("overlooked: single quotes, comments, commas after the last element"),
  });
});

test("a failure shows the beginning of the answer, and what is wrong with it", async () => {
  const { failure } = await answer("critic", { content: "x" }, `{"score": 7} ${"x".repeat(5000)}`);
  expect(failure).toMatchObject({
    type: "TRANSFORMATION",
    message: expect.stringContaining("local/test-model-7 is not the JSON that critic asked for"),
    details: {
      answer: expect.stringMatching(/^\{"score": 7\} x+$/),
      problems: expect.stringContaining("score"),
    },
  });
  expect(JSON.stringify(failure).length).toBeLessThan(3000);
});

test.each(["critic", "improver", "selector", "synthesizer", "generator"])(
  "%s: a provider's refusal is a failure with its type",
  async (type) => {
    const { address } = await startOpenAiServer({ kind: "status", status: 429, body: "{}" });
    const inputs = { content: "x", prompt: "x", candidates: ["a", "b"], inputs: ["a", "b"] };
    const failure = await failureOf(type, inputs, {
      model: { provider: "local", model: "m" },
      ports: { models: portTo(address) },
    });
    expect(failure).toMatchObject({ type: "CONNECTIVITY", recoverable: true });
  },
);

function portTo(address: string) {
  return createModelPort({
    providers: { local: { base_url: address } },
    secrets: environmentSecrets({}),
    clock: testClock(),
  });
}

async function answer(type: string, inputs: JsonObject, text: object | string) {
  const pieces = [typeof text === "string" ? text : JSON.stringify(text)];
  const { address, requests } = await startOpenAiServer({ kind: "text", pieces, usage: "told" });
  const run = await runComponent(type, inputs, {
    model: { provider: "local", model: "m" },
    ports: { models: portTo(address) },
  });
  return { ...run, requests };
}
