import { describe, expect, test } from "vitest";
import { builtInProject, componentVocabulary } from "#core/component-definitions";
import { canonicalText, parsePipeline } from "#core/pipeline";
import type { ExecutionPorts, Json } from "#core/ports";
import { createNodePorts } from "#host";
import { corpusFiles } from "../../support/corpus.ts";
import { startServer } from "../../support/loopback-server.ts";
import { type RecordedRun, recordRun } from "./support/recorded-run.ts";

const vocabulary = componentVocabulary(builtInProject.definitions);

/** How many of the corpus's files run to the end on each, so that a law that holds for want of runs is noticed. */
const expected = { offline: 14, judging: 20 };

describe.each(["offline", "judging"] as const)("with the %s model", (model) => {
  const ended = new Map<string, string>();

  test.each(corpusFiles())("$name runs as its canonical form does", async ({ name, text }) => {
    const ports = await portsFor(model);
    const document = parsePipeline(text);
    const canonical = canonicalText(document, vocabulary);
    if (!canonical.ok) throw new Error(canonical.problem.message);
    const address = await startServer((request, response) => {
      response.sendDate = false;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answerTo(request.url ?? "")));
    });
    const input = inputFor(text, address);
    const options = { input, provider: model, ports };
    const before = await recordRun(document, { ...options, renamed: canonical.renamed });
    const after = await recordRun(parsePipeline(canonical.text), { ...options, renamed: new Map() });
    expect(after).toEqual(before);
    ended.set(name, outcomeOf(before));
  });

  test("enough of them run to their end", () => {
    const succeeded = [...ended].filter(([, outcome]) => outcome === "succeeded");
    expect(succeeded.length).toBeGreaterThanOrEqual(expected[model]);
  });
});

function outcomeOf(run: RecordedRun): string {
  return run.kind === "ran" ? run.status : run.kind;
}

async function portsFor(model: "offline" | "judging"): Promise<ExecutionPorts> {
  const ports = createNodePorts({ workspaceRoot: import.meta.dirname, env: {}, providers: {} });
  const clock = { ...ports.clock, now: () => 1_700_000_000_000 };
  if (model === "offline") return { ...ports, clock };
  return {
    ...ports,
    clock,
    models: {
      generate: async (request) => ({
        ok: true,
        text: JSON.stringify({ ...judgement, echo: request.messages.map(({ content }) => content) }),
        finishReason: "stop",
        usage: { provider: "offline", model: "judge", inputTokens: 1, outputTokens: 1, durationMs: 0 },
      }),
    },
  };
}

const judgement = {
  overall_rating: "good",
  score: 0.8,
  feedback: "Well done.",
  strengths: ["clear"],
  improvements: ["shorter"],
  improved_content: "Better.",
  changes_made: ["shortened"],
  improvement_summary: "Shorter.",
};

function answerTo(url: string): Json {
  if (url.includes("activities")) return { activities: [{ type: "call", date: "2026-01-02" }] };
  if (url.includes("invoices")) return { invoices: [{ amount: 5, status: "unpaid" }] };
  return { id: "a", name: "Acme", industry: "steel", revenue: 2e6, health_score: 50 };
}

function inputFor(text: string, address: string): Json {
  const { input_schema: schema } = JSON.parse(text);
  const properties: readonly (readonly [string, { readonly type?: string }])[] = Object.entries(
    schema?.properties ?? {},
  );
  return Object.fromEntries(properties.map(([name, { type }]) => [name, made(name, type, address)]));
}

const samples: Readonly<Record<string, Json>> = {
  boolean: true,
  integer: 300,
  number: 300,
  array: ["First thing.", "Second thing."],
  object: {},
};

function made(name: string, type: string | undefined, address: string): Json {
  const sample = type === undefined ? undefined : samples[type];
  if (sample !== undefined) return sample;
  return name.endsWith("_url") ? address : `Something about ${name}.`;
}
