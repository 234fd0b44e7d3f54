import fc from "fast-check";
import { expect, test } from "vitest";
import type { ModelRequest } from "#core/ports";
import { createModelPort } from "#core/providers";
import { environmentSecrets } from "#host";
import { testClock } from "../../support/test-clock.ts";

const port = createModelPort({ providers: {}, secrets: environmentSecrets({}), clock: testClock() });

test("the answer says that no model was asked, in its text and in the model's name", async () => {
  const { result } = await ask("The lamp is broken. Please send a new lamp. Thanks.");
  expect(result).toMatchObject({
    ok: true,
    usage: { provider: "offline", model: "offline-extract", inputTokens: null },
  });
  expect(result.ok && result.text).toBe(
    "[offline: no language model was asked; these are sentences of the prompt]\n" +
      "The lamp is broken.\nPlease send a new lamp.\nThanks.\nKeywords: lamp, broken, please, send, thanks",
  );
});

test("every prompt with words gives the same answer twice, made of its own sentences", async () => {
  await fc.assert(
    fc.asyncProperty(fc.lorem({ maxCount: 30, mode: "sentences" }), async (prompt) => {
      const [first, second] = [await ask(prompt), await ask(prompt)];
      expect(first).toEqual(second);
      const sentences = first.result.ok ? first.result.text.split("\n").slice(1, -1) : [];
      expect(sentences.length).toBeGreaterThan(0);
      expect(sentences.every((sentence) => prompt.includes(sentence))).toBe(true);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("what streams is what is answered", async () => {
  const { result, deltas } = await ask("One two three. Four five six.");
  expect(deltas.length).toBeGreaterThan(3);
  expect(result.ok && result.text).toBe(deltas.join(""));
});

test("a limit cuts the answer, never the notice", async () => {
  const { result } = await ask("One two three four five six.", 2);
  expect(result).toMatchObject({
    ok: true,
    finishReason: "length",
    text: expect.stringMatching(/^\[offline: .*\]\nOne two$/),
  });
});

test("an empty prompt is a failure", async () => {
  const { result } = await ask(" \n ");
  expect(result).toMatchObject({ ok: false, failure: { type: "VALIDATION", field: "prompt" } });
});

async function ask(prompt: string, maxTokens?: number) {
  const request: ModelRequest = {
    provider: "offline",
    model: null,
    messages: [{ role: "user", content: prompt }],
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
  const deltas: string[] = [];
  const result = await port.generate(request, (text) => deltas.push(text), AbortSignal.any([]));
  if (result.ok) return { result: { ...result, usage: { ...result.usage, durationMs: 0 } }, deltas };
  return { result, deltas };
}
