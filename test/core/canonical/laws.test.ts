import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { builtInProject, componentVocabulary } from "#core/component-definitions";
import {
  type CanonicalText,
  canonicalText,
  type PipelineDocument,
  parsePipeline,
  tidyText,
} from "#core/pipeline";
import type { Json } from "#core/ports";
import { createNodePorts } from "#host";
import { arbitraryPipeline } from "../../support/arbitrary-pipeline.ts";
import { documentJson } from "../../support/document-json.ts";
import { cases } from "../../support/soak.ts";
import { manualClock, settled } from "../engine/support/index.ts";
import { mixedPipeline } from "./support/mixed-dialects.ts";
import { type RecordedRun, recordRun } from "./support/recorded-run.ts";

const vocabulary = componentVocabulary(builtInProject.definitions);
const seed = 20260102;

vi.setConfig({ testTimeout: 60_000 });

test("a pipeline in any mixture of spellings runs as its canonical form does", async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(mixedPipeline, async ({ text }) => {
      const document = parsePipeline(text);
      const canonical = written(canonicalText(document, vocabulary));
      const before = await run(document, canonical.renamed);
      const after = await run(parsePipeline(canonical.text), new Map());
      const outcome = before.kind === "ran" ? before.status : before.kind;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      expect(after).toEqual(before);
    }),
    { seed, numRuns: cases(60, 1500) },
  );
  // A law about nothing but refusals would say nothing.
  expect(outcomes.get("succeeded") ?? 0).toBeGreaterThan(20);
  expect(outcomes.get("failed") ?? 0).toBeGreaterThan(4);
});

test("the policies of stages stay, no comment and no unknown key is lost, and the canonical form is its own", () => {
  fc.assert(
    fc.property(mixedPipeline, ({ text, foreign }) => {
      const document = parsePipeline(text);
      const { text: now, renamed } = written(canonicalText(document, vocabulary));
      const after = parsePipeline(now);
      expect(policies(after, new Map())).toEqual(policies(document, renamed));
      for (const key of foreign) expect(now.split(`"${key}"`).length).toBe(text.split(`"${key}"`).length);
      expect(commentsIn(now)).toEqual(commentsIn(text));
      expect(written(canonicalText(after, vocabulary)).text).toBe(now);
      expect(tidyText(after)).toEqual({ ok: true, text: now });
    }),
    { seed, numRuns: cases(60, 1500) },
  );
});

test("the canonical form of pipelines with odd keys and references is its own", () => {
  fc.assert(
    fc.property(arbitraryPipeline, ({ text }) => {
      const { text: once } = written(canonicalText(parsePipeline(text), vocabulary));
      expect(written(canonicalText(parsePipeline(once), vocabulary)).text).toBe(once);
    }),
    { seed, numRuns: cases(60, 1500) },
  );
});

test("tidying changes nothing but white space and the order of the layout", () => {
  fc.assert(
    fc.property(fc.oneof(mixedPipeline, arbitraryPipeline), ({ text, style }) => {
      const document = parsePipeline(text);
      const tidy = tidyText(document);
      if (!tidy.ok) throw new Error(tidy.problem.message);
      const after = parsePipeline(tidy.text);
      expect(JSON.stringify(withSortedLayout(documentJson(after)))).toBe(
        JSON.stringify(withSortedLayout(documentJson(document))),
      );
      expect(after.dialect).toBe(document.dialect);
      expect(commentsIn(tidy.text)).toEqual(commentsIn(text));
      expect(tidy.text.endsWith("}\n") || tidy.text.endsWith("}\r\n")).toBe(true);
      if (style.eol === "\r\n" && !style.minified)
        expect(tidy.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    }),
    { seed, numRuns: cases(60, 1500) },
  );
});

function written(canonical: CanonicalText): Extract<CanonicalText, { ok: true }> {
  if (!canonical.ok) throw new Error(canonical.problem.message);
  return canonical;
}

async function run(document: PipelineDocument, renamed: ReadonlyMap<string, string>): Promise<RecordedRun> {
  const clock = manualClock();
  let ended = false;
  const ports = { ...createNodePorts({ workspaceRoot: import.meta.dirname, env: {}, providers: {} }), clock };
  const recorded = recordRun(document, {
    input: { flag: true, word: "w" },
    provider: "offline",
    ports,
    renamed,
    texts: "left out",
  }).finally(() => {
    ended = true;
  });
  for (await settled(); !ended; await settled()) await clock.advance(60_000);
  return recorded;
}

function policies(document: PipelineDocument, renamed: ReadonlyMap<string, string>): Json {
  const id = (path: string): string => renamed.get(path) ?? path;
  return Object.fromEntries(
    document.pipeline.stages.map((stage) => [
      id(stage.id),
      {
        type: stage.componentType,
        retry: stage.retry === null ? null : { ...stage.retry },
        timeoutMs: stage.timeoutMs?.value ?? null,
        onError: stage.onError?.value ?? null,
        enabled: stage.enabled,
        dependsOn: stage.dependsOn.map(({ value }) => id(value)),
        arms: stage.arms.map(({ arm, stages }) => ({ arm, stages: stages.map(({ value }) => id(value)) })),
      },
    ]),
  );
}

function commentsIn(text: string): readonly string[] {
  return (text.match(/\/\/[^\r\n]*/g) ?? []).map((comment) => comment.trim()).sort();
}

function withSortedLayout({ layout, ...rest }: Record<string, unknown>): unknown {
  const lines = typeof layout === "object" && layout !== null ? Object.entries(layout) : [];
  return { ...rest, layout: lines.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
