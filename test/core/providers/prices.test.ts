import { expect, test } from "vitest";
import { addUsage, noUsage, usageAsJson } from "#core/journal";
import { createPrices, pricesSchema, priceTableSource } from "#core/providers";
import { startModelServer } from "../../support/model-server.ts";
import { askingPipeline, runAsking } from "./support.ts";

const hello = { kind: "text", pieces: ["Hi"] } as const;

test("the table says of which day it is, and where its prices are from", () => {
  expect(priceTableSource.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(priceTableSource.pages.every((page) => URL.canParse(page))).toBe(true);
});

test.each([
  ["anthropic", "claude-sonnet-4-5", { input: 3, output: 15 }],
  ["anthropic", "claude-sonnet-4-5-20250929", { input: 3, output: 15 }],
  ["openai", "gpt-4o-2024-08-06", { input: 2.5, output: 10 }],
  // This one version has a price of its own.
  ["openai", "gpt-4o-2024-05-13", { input: 5, output: 15 }],
  ["google", "models/gemini-2.5-flash", { input: 0.3, output: 2.5 }],
  ["offline", "offline-extract", { input: 0, output: 0 }],
])("%s/%s has a price", (provider, model, price) => {
  expect(createPrices({}).of(provider, model)).toMatchObject(price);
});

test.each([
  ["anthropic", "claude-unheard-of"],
  ["team", "gpt-4o"],
  ["ollama", "llama3"],
  ["constructor", "name"],
  ["openai", "__proto__"],
])("%s/%s has none", (provider, model) => {
  expect(createPrices({}).of(provider, model)).toBeUndefined();
});

test("flowmason.json's prices go over the table's, one of a model over one of all", () => {
  const prices = createPrices({
    "openai/gpt-4o": { input: 1, output: 2 },
    "team/*": { input: 3, output: 4 },
    "team/large": { input: 5, output: 6 },
    "team/a/b": { input: 7, output: 8 },
  });
  expect(prices.of("openai", "gpt-4o-2024-08-06")).toEqual({ input: 1, output: 2 });
  expect(prices.of("openai", "gpt-4o-mini")).toMatchObject({ input: 0.15 });
  expect(prices.of("team", "large")).toEqual({ input: 5, output: 6 });
  expect(prices.of("team", "a/b")).toEqual({ input: 7, output: 8 });
  expect(prices.of("team", "other")).toEqual({ input: 3, output: 4 });
});

test.each([
  [{ "gpt-4o": { input: 1, output: 1 } }],
  [{ "openai/gpt-4o": { input: -1, output: 1 } }],
  [{ "openai/gpt-4o": { input: 1 } }],
  [{ "openai/gpt-4o": { input: 1, output: 1, cashed: 1 } }],
])("%j is no price", (prices) => {
  expect(pricesSchema.safeParse(prices).success).toBe(false);
});

/** Of 20 tokens asked, 12 cached, and 5 answered, as the server tells. */
test.each([
  [{ input: 1000, output: 10_000, cached: 100 }, (8 * 1000 + 12 * 100 + 5 * 10_000) / 1e6],
  [{ input: 1000, output: 10_000 }, (20 * 1000 + 5 * 10_000) / 1e6],
  [{ input: 0, output: 0 }, 0],
])("a call at %j costs %f, in the journal", async (price, cost) => {
  const server = await startModelServer("openai", [hello]);
  const { journal } = await runAsking(
    askingPipeline(1),
    { local: { base_url: server.address } },
    { "local/m1": price },
  );
  const answered = journal.events.find(({ kind }) => kind === "model-answered");
  expect(answered).toMatchObject({ usage: { model: "test-model-7", costUsd: cost } });
});

test("a model without a price costs an unknown sum, not 0", async () => {
  const server = await startModelServer("openai", [hello]);
  const { journal } = await runAsking(askingPipeline(1), { local: { base_url: server.address } });
  const answered = journal.events.find(({ kind }) => kind === "model-answered");
  expect(answered).toMatchObject({ usage: { inputTokens: 20 } });
  expect(answered).not.toHaveProperty("usage.costUsd");
});

test("sums say what they are without", () => {
  const call = { provider: "p", model: "m", durationMs: 1 };
  const priced = { ...call, inputTokens: 10, outputTokens: 1, cachedTokens: 4, costUsd: 0.1 };
  const untold = { ...call, inputTokens: null, outputTokens: null };
  const one = addUsage(noUsage, untold);
  expect(usageAsJson(one)).toEqual({
    calls: 1,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    costUsd: null,
    callsWithoutTokens: 1,
    callsOfUnknownCost: 1,
  });
  const all = [priced, priced, { ...priced, costUsd: 0.2 }].reduce(addUsage, one);
  expect(usageAsJson(all)).toEqual({
    calls: 4,
    inputTokens: 30,
    cachedTokens: 12,
    outputTokens: 3,
    costUsd: 0.4,
    callsWithoutTokens: 1,
    callsOfUnknownCost: 1,
  });
});
