import type { ListedPrice } from "./price.ts";

/** When this table was checked, and against what. A price that changed since is set right by `prices` of flowmason.json. */
export const priceTableSource = {
  date: "2026-10-07",
  note: "Prices in US dollars for a million tokens, as published by the providers for calls that are not batched, in copies of their price lists; Groq's and the older models of OpenAI and Google as of 2025-11.",
  pages: [
    "https://platform.claude.com/docs/en/about-claude/pricing",
    "https://developers.openai.com/api/docs/pricing",
    "https://ai.google.dev/gemini-api/docs/pricing",
    "https://groq.com/pricing",
  ],
} as const;

/** Prices by provider and model, without the date at the end of a model's name. What is not here has no known price. */
export const priceTable: Readonly<Record<string, Readonly<Record<string, ListedPrice>>>> = {
  anthropic: {
    "claude-opus-5-5": { input: 4, output: 20, cached: 0.2, cache_write: 5 },
    "claude-opus-5": { input: 5, output: 25, cached: 0.5, cache_write: 6.25 },
    "claude-opus-4-8": { input: 5, output: 25, cached: 0.5, cache_write: 6.25 },
    "claude-opus-4-7": { input: 5, output: 25, cached: 0.5, cache_write: 6.25 },
    "claude-opus-4-6": { input: 5, output: 25, cached: 0.5, cache_write: 6.25 },
    "claude-opus-4-5": { input: 5, output: 25, cached: 0.5, cache_write: 6.25 },
    "claude-opus-4-1": { input: 15, output: 75, cached: 1.5, cache_write: 18.75 },
    "claude-opus-4": { input: 15, output: 75, cached: 1.5, cache_write: 18.75 },
    "claude-sonnet-5-5": { input: 2, output: 10, cached: 0.1, cache_write: 2.5 },
    "claude-sonnet-5": { input: 2, output: 10, cached: 0.2, cache_write: 2.5 },
    "claude-sonnet-4-6": { input: 3, output: 15, cached: 0.3, cache_write: 3.75 },
    "claude-sonnet-4-5": { input: 3, output: 15, cached: 0.3, cache_write: 3.75 },
    "claude-sonnet-4": { input: 3, output: 15, cached: 0.3, cache_write: 3.75 },
    "claude-haiku-5-5": {
      input: 0.1,
      output: 0.5,
      cached: 0.01,
      cache_write: 0.125,
      over: { tokens: 100_000, input: 0.5, output: 2.5, cached: 0.05, cache_write: 0.625 },
    },
    "claude-haiku-4-5": { input: 1, output: 5, cached: 0.1, cache_write: 1.25 },
    "claude-3-5-haiku": { input: 0.8, output: 4, cached: 0.08, cache_write: 1 },
    "claude-fable-5-1": { input: 10, output: 50, cached: 0.25, cache_write: 12.5 },
    "claude-fable-5": { input: 10, output: 50, cached: 1, cache_write: 12.5 },
  },
  openai: {
    "gpt-5.6-sol": { input: 5, output: 30, cached: 0.5, cache_write: 6.25 },
    "gpt-5.4": { input: 2.5, output: 15, cached: 0.25 },
    "gpt-5.4-mini": { input: 0.75, output: 4.5, cached: 0.075 },
    "gpt-5.4-nano": { input: 0.2, output: 1.25, cached: 0.02 },
    "gpt-5.2": { input: 1.75, output: 14, cached: 0.175 },
    "gpt-5.2-pro": { input: 21, output: 168 },
    "gpt-5.1": { input: 1.25, output: 10, cached: 0.125 },
    "gpt-5": { input: 1.25, output: 10, cached: 0.125 },
    "gpt-5-mini": { input: 0.25, output: 2, cached: 0.025 },
    "gpt-5-nano": { input: 0.05, output: 0.4, cached: 0.005 },
    "gpt-5-pro": { input: 15, output: 120 },
    "gpt-4.1": { input: 2, output: 8, cached: 0.5 },
    "gpt-4.1-mini": { input: 0.4, output: 1.6, cached: 0.1 },
    "gpt-4.1-nano": { input: 0.1, output: 0.4, cached: 0.025 },
    "gpt-4o": { input: 2.5, output: 10, cached: 1.25 },
    "gpt-4o-2024-05-13": { input: 5, output: 15 },
    "gpt-4o-mini": { input: 0.15, output: 0.6, cached: 0.075 },
    o3: { input: 2, output: 8, cached: 0.5 },
    "o4-mini": { input: 1.1, output: 4.4, cached: 0.275 },
  },
  google: {
    "gemini-3.1-pro-preview": {
      input: 2,
      output: 12,
      cached: 0.2,
      over: { tokens: 200_000, input: 4, output: 18, cached: 0.4 },
    },
    "gemini-2.5-pro": {
      input: 1.25,
      output: 10,
      cached: 0.125,
      over: { tokens: 200_000, input: 2.5, output: 15, cached: 0.25 },
    },
    "gemini-2.5-flash": { input: 0.3, output: 2.5, cached: 0.03 },
    "gemini-2.5-flash-lite": { input: 0.1, output: 0.4, cached: 0.01 },
    "gemini-2.0-flash": { input: 0.1, output: 0.4, cached: 0.025 },
  },
  groq: {
    "llama-3.3-70b-versatile": { input: 0.59, output: 0.79 },
    "llama-3.1-8b-instant": { input: 0.05, output: 0.08 },
    "openai/gpt-oss-120b": { input: 0.15, output: 0.6 },
    "openai/gpt-oss-20b": { input: 0.075, output: 0.3 },
  },
  // Asks no one.
  offline: { "offline-extract": { input: 0, output: 0 } },
};
