import { type Decision, type MergeOptions, mergePipelines } from "#core/merge";

// Pipelines of three stages and what merges make of them, for tests that are read without a look at any text.
export type Json = Readonly<Record<string, unknown>>;

export const fetch = {
  id: "fetch",
  component_type: "http_request",
  config: { url: "https://example.com/a", timeout: 30 },
};
export const draft = {
  id: "draft",
  component_type: "generator",
  config: {
    prompt:
      "Read what people write to us.\nSay what they want in three short sentences.\nBe kind, and name nobody.",
    temperature: 0.2,
  },
  depends_on: ["fetch"],
};
export const tell = {
  id: "tell",
  component_type: "logger",
  config: { message: "{{upstream.draft.content}}" },
  depends_on: ["draft"],
};
export const base: Json = { name: "p", stages: [fetch, draft, tell] };

export function merge(
  before: Json | null,
  ours: Json,
  theirs: Json,
  options: MergeOptions = {},
): {
  readonly json: { readonly stages: readonly Json[] } & Json;
  readonly decisions: readonly Decision[];
  readonly text: string;
} {
  const write = (json: Json): string => JSON.stringify(json, null, 2);
  const result = mergePipelines(before === null ? null : write(before), write(ours), write(theirs), options);
  if (!result.ok) throw new Error(result.message);
  return { json: JSON.parse(result.text), decisions: result.decisions, text: result.text };
}

export function open(decisions: readonly Decision[]): readonly string[] {
  return decisions.filter(({ state }) => state === "open").map(({ message }) => message);
}

export function withStages(...stages: readonly Json[]): Json {
  return { ...base, stages };
}

/** A stage that says nothing but what it is. */
export const logger = (id: string): Json => ({ id, component_type: "logger" });
