import { expect, test } from "vitest";
import { base, draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

test("DM-06 paragraphs and words of a prompt that each side changes are both changed", () => {
  const say = (from: string, to: string): Json =>
    withStages(
      fetch,
      { ...draft, config: { ...draft.config, prompt: draft.config.prompt.replace(from, to) } },
      tell,
    );
  const lines = merge(base, say("Be kind", "Be brief"), say("Read what", "Read all that"));
  expect(open(lines.decisions)).toEqual([]);
  expect(lines.json.stages[1]).toMatchObject({
    config: {
      prompt:
        "Read all that people write to us.\nSay what they want in three short sentences.\nBe brief, and name nobody.",
    },
  });
  const words = merge(base, say("three", "two"), say("they want", "they need"));
  expect(words.json.stages[1]).toMatchObject({
    config: { prompt: expect.stringContaining("Say what they need in two short sentences.") },
  });
  expect(words.decisions).toMatchObject([{ state: "automatic", reason: "combined" }]);
  const same = merge(base, say("three", "two"), say("three", "four"));
  expect(open(same.decisions)).toHaveLength(1);
  expect(same.json.stages[1]).toMatchObject({ config: { prompt: expect.stringContaining("in two short") } });
});

test("DM-06 two changed words of code in one line are no merge", () => {
  const code = (command: string): Json =>
    withStages({ id: "run", component_type: "command", config: { command } });
  const { decisions } = merge(
    code("tool --from a --to b --count 3 file"),
    code("tool --from a --to b --count 4 file"),
    code("tool --from c --to b --count 3 file"),
  );
  expect(open(decisions)).toHaveLength(1);
});
