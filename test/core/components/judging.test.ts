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

test.each(["critic", "improver"])("%s does not pretend to judge offline", async (type) => {
  const failure = await failureOf(type, { content: "x" }, { model: { provider: "offline", model: null } });
  expect(failure).toMatchObject({ type: "EXECUTION", message: expect.stringContaining("offline is none") });
});

async function answer(type: string, inputs: JsonObject, text: object | string) {
  const pieces = [typeof text === "string" ? text : JSON.stringify(text)];
  const { address, requests } = await startOpenAiServer({ kind: "text", pieces, usage: "told" });
  const models = createModelPort({
    providers: { local: { base_url: address } },
    secrets: environmentSecrets({}),
    clock: testClock(),
  });
  const run = await runComponent(type, inputs, {
    model: { provider: "local", model: "m" },
    ports: { models },
  });
  return { ...run, requests };
}
