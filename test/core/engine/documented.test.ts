import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createExecutor } from "#core/components";
import { planRun, startRun } from "#core/engine";
import { createMemoryJournal } from "#core/journal";
import { type CatalogEntry, parsePipeline } from "#core/pipeline";
import type { Json } from "#core/ports";
import { createNodePorts } from "#host";

const docs = readFileSync(new URL("../../../docs/control-flow.md", import.meta.url), "utf8");

/** The examples, by what their first lines say: the path of a file that others call, or what a run gives. */
const examples = Array.from(
  docs.matchAll(/```jsonc\n\/\/ (.*)\n([^]*?)\n```/g),
  ([, first = "", text = ""]) => ({
    first,
    text,
  }),
);

describe("the examples of docs/control-flow.md", () => {
  const entries: readonly CatalogEntry[] = examples
    .filter(({ first }) => first.endsWith(".json"))
    .map(({ first, text }) => ({ path: first, document: parsePipeline(text) }));
  const runs = examples.filter(({ first }) => first.startsWith("gives "));

  test("are all of them of one kind or the other", () => {
    expect(entries.length + runs.length).toBe(docs.match(/```jsonc/g)?.length);
    expect(runs.length).toBeGreaterThan(2);
  });

  test.each(runs)("$first", async ({ first, text }) => {
    const planned = planRun(parsePipeline(text), {
      input: {},
      definitions: componentDefinitions,
      pipelines: { entries },
    });
    if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
    const ports = createNodePorts({ workspaceRoot: "/", env: {}, providers: {} });
    const run = startRun(planned.plan, {
      executor: createExecutor(ports),
      clock: ports.clock,
      random: ports.random,
      journal: createMemoryJournal(),
    });
    const { output, failure } = await run.finished;
    expect(failure).toBe(null);
    const given: Json = JSON.parse(first.slice("gives ".length));
    expect(output).toEqual(given);
  });
});
