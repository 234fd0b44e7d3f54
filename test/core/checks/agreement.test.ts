import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { builtInProject, type Project } from "#core/component-definitions";
import { planRun } from "#core/engine";
import { type PipelineDocument, parsePipeline } from "#core/pipeline";
import { arbitraryPipeline } from "../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../support/corpus.ts";
import { cases } from "../../support/soak.ts";
import { documentedProject, marked, ruleNameOf } from "./marked.ts";

/** The reason that no file can know by itself: its input. */
const fromElsewhere: ReadonlySet<string> = new Set(["FM2003"]);
/** Outside of a project nothing is known of what is called. */
const aboutCalls: ReadonlySet<string> = new Set(["FM2030", "FM2031", "FM2032", "FM2033"]);

/** Why a run would not start although the check shows nothing that keeps it from starting. */
function unannounced(
  document: PipelineDocument,
  project: Project = builtInProject,
  path: string | null = null,
): readonly string[] {
  // An abstract pipeline is not there to run.
  if (document.pipeline.abstract) return [];
  const planned = planRun(document, { ...project, path, input: {} });
  const reasons = planned.ok
    ? []
    : planned.problems.filter(
        ({ code }) => !fromElsewhere.has(code) && !(path === null && aboutCalls.has(code)),
      );
  const announced = checkPipeline(document, { project, path }).problems.some(
    (problem) => problem.severity === "error" || ruleNameOf(problem) === "no-project",
  );
  return announced ? [] : reasons.map(({ code, message }) => `${code}: ${message}`);
}

test("whatever keeps a run from starting shows in the editor first, in the documented examples", () => {
  const docs = readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8");
  const examples = Array.from(
    docs.matchAll(/```jsonc\n([^]*?)\n```/g),
    (match) => marked(match[1] ?? "").text,
  );
  expect(examples.length).toBeGreaterThan(30);
  for (const text of examples) {
    expect(unannounced(parsePipeline(text)), text).toEqual([]);
    expect(unannounced(parsePipeline(text), documentedProject(docs), "x.pipeline.json"), text).toEqual([]);
  }
});

test("and in real files", () => {
  const files = corpusFiles();
  const pipelines = {
    entries: files.map(({ name, text }) => ({ path: name, document: parsePipeline(text) })),
  };
  for (const { name, text } of files) {
    expect(unannounced(parsePipeline(text)), name).toEqual([]);
    expect(unannounced(parsePipeline(text), { ...builtInProject, pipelines }, name), name).toEqual([]);
  }
});

test("and in arbitrary pipelines, whole and cut", () => {
  fc.assert(
    fc.property(arbitraryPipeline, fc.nat(9999), ({ text }, share) => {
      expect(unannounced(parsePipeline(text))).toEqual([]);
      expect(unannounced(parsePipeline(text.slice(0, Math.floor((share / 9999) * text.length))))).toEqual([]);
    }),
    { seed: 12, numRuns: cases(90, 2000) },
  );
});

test.each([
  { concurrency: 0 },
  { concurrency: { max_parallel: "2" } },
  { timeout: -1 },
  { timeout: "soon" },
  { timeout_ms: 0 },
  { timeout_ms: "soon" },
  { env: { A: [1] } },
  { env: { A: "{{ input.x }}" } },
  { defaults: { model: 5 } },
  { defaults: { stop_sequences: [1] } },
  { defaults: { retry: 1 } },
  { output_config: [] },
  { output_config: { destinations: 1 } },
  { output_config: { destinations: [], fail_on_error: "yes" } },
  { output_config: { destinations: [{ id: "m", type: "email", config: {} }] } },
  { output_config: { destinations: [7] } },
  { output_config: { destinations: "{{ input. }}" } },
  { output_config: { destinations: "{{ upstream.b.x }}" } },
  { output_config: { destinations: [{ id: "f", type: "file", config: { path: "{{ secrets.A + 1 }}" } }] } },
])("and in the pipeline's own settings: %j", (settings) => {
  const stages = [{ id: "a", component_type: "logger", config: { message: "x" } }];
  const document = parsePipeline(JSON.stringify({ name: "p", ...settings, stages }));
  expect(planRun(document, { input: {} }).ok).toBe(false);
  expect(unannounced(document)).toEqual([]);
});

test.each([
  [true, null],
  [false, null],
  [null, null],
  [{}, null],
  [{ inputs: ["message"], files: ["a/**/*.{x,y}"], outputs: ["out"], env: ["A"], retention: "1.5h" }, null],
  [{ scope: "workspace" }, null],
  ["yes", "is true, or an object"],
  [{ input: [] }, 'has no field "input"'],
  [{ inputs: ["messages"] }, 'has no input "messages"'],
  [{ inputs: "message" }, "is a list of texts"],
  [{ files: ["{{ input.file }}"] }, "has no {{ }} in it"],
  [{ files: [1] }, "is a text"],
  [{ files: ["a\\b"] }, "write it with /"],
  [{ files: ["../a"] }, "leads out of the workspace"],
  [{ files: ["/etc/passwd"] }, "leads out of the workspace"],
  [{ outputs: ["C:/a"] }, "leads out of the workspace"],
  [{ outputs: [".git/hooks/x"] }, "is not a stage's to write"],
  [{ outputs: ["components/x.ts"] }, "is not a stage's to write"],
  [{ outputs: ["flowmason.json"] }, "is not a stage's to write"],
  [{ outputs: ["out/p.pipeline.json"] }, "is not a stage's to write"],
  [{ env: ["A-B"] }, "is no name of an environment variable"],
  [{ scope: "machine" }, "is one of pipeline, workspace"],
  [{ retention: 7 }, 'is a text such as "12h"'],
  [{ retention: "0d" }, 'is a text such as "12h"'],
])("and with a cache: %j", (cache, told) => {
  const stage = { id: "a", component_type: "logger", config: { message: "x" }, cache };
  const document = parsePipeline(JSON.stringify({ name: "p", stages: [stage] }));
  const planned = planRun(document, { input: {} });
  const found = checkPipeline(document).problems.filter(({ severity }) => severity === "error");
  const messages = [found, planned.ok ? [] : planned.problems].map((each) =>
    each.map(({ message }) => message).join("\n"),
  );
  for (const message of messages)
    if (told === null) expect(message).toBe("");
    else expect(message).toContain(told);
});

test.each([
  "conditional",
  "router",
  "foreach",
  "trycatch",
  "subpipeline",
  "return",
  "approval",
  "variable_set",
])("and with a cache of a %s, which can have none", (type) => {
  const stage = { id: "a", component_type: type, cache: true, strategy: { matrix: { n: [1] } } };
  for (const each of [stage, { ...stage, strategy: null }]) {
    const document = parsePipeline(JSON.stringify({ name: "p", stages: [each] }));
    const planned = planRun(document, { input: {} });
    expect(planned.ok ? [] : planned.problems.map(({ code }) => code)).toContain("FM2042");
    expect(checkPipeline(document).problems.map(ruleNameOf)).toContain("invalid-cache");
  }
});

test("and with matrices and retries of every kind", () => {
  const found = { refused: 0, planned: 0 };
  fc.assert(
    fc.property(arbitraryStrategy, fc.constantFrom(...kindsOfWork), fc.nat(1), (strategy, config, retry) => {
      const stage = { id: "a", ...config, retry, ...(strategy === undefined ? {} : { strategy }) };
      const document = parsePipeline(JSON.stringify({ name: "p", stages: [stage] }));
      expect(unannounced(document), document.text).toEqual([]);
      const { ok } = planRun(document, { input: {} });
      const rules = checkPipeline(document).problems.map(ruleNameOf);
      expect(rules.includes("invalid-matrix") || rules.includes("ineffective-retry"), document.text).toBe(
        !ok,
      );
      found[ok ? "planned" : "refused"]++;
    }),
    { seed: 14, numRuns: cases(600, 6000) },
  );
  expect(Math.min(found.refused, found.planned)).toBeGreaterThan(50);
});

const kindsOfWork = [
  { component_type: "logger", config: { message: "x" } },
  { component_type: "foreach", config: { items: [1] } },
  { component_type: "trycatch", config: {} },
  { component_type: "conditional", config: { condition: true } },
  { component_type: "router", config: { value: 1, routes: {} } },
];

const axis = fc.oneof(
  fc.array(fc.nat(3), { maxLength: 3 }),
  fc.constantFrom("{{ [1, 2] }}", "x", 1, null),
  fc.constant(Array.from({ length: 17 }, (_, n) => n)),
);
const combinations = fc.oneof(
  fc.array(fc.record({ n: fc.nat(3), m: fc.nat(3) }, { requiredKeys: [] }), { maxLength: 3 }),
  fc.constantFrom("{{ [] }}", 1, null),
);

/** Strategies of which each part may be missing, wrong or an expression. */
const arbitraryStrategy = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, {}, 5, "{{ {} }}", [1], { "max-parallel": 2 }) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        matrix: fc.oneof(
          {
            weight: 4,
            arbitrary: fc.record(
              { n: axis, m: axis, include: combinations, exclude: combinations },
              { requiredKeys: [] },
            ),
          },
          { weight: 1, arbitrary: fc.constantFrom("{{ {'n': [1]} }}", [], "x", null) },
        ),
        fail_fast: fc.constantFrom(true, false, true, null, "{{ true }}", "no"),
        "max-parallel": fc.constantFrom(1, 2, null, 0, 1.5, "{{ 2 }}"),
      },
      { requiredKeys: [] },
    ),
  },
);

test("a cycle of a run is one in the editor, and with one no run starts", () => {
  let cycles = 0;
  let sound = 0;
  fc.assert(
    fc.property(tangle, (text) => {
      const document = parsePipeline(text);
      const errors = checkPipeline(document).problems.filter(({ severity }) => severity === "error");
      const forEditor = errors.some((problem) => ruleNameOf(problem) === "dependency-cycle");
      // Where the bodies themselves are wrong, a run says so and looks no further.
      if (errors.map(ruleNameOf).some((rule) => rule === "stage-in-two-bodies" || rule === "self-dependency"))
        return;
      const planned = planRun(document, { input: {} });
      const forRun =
        !planned.ok && planned.problems.some(({ message }) => message.includes("wait for each other"));
      expect(forRun && !forEditor, text).toBe(false);
      expect(forEditor && planned.ok, text).toBe(false);
      if (forEditor) cycles++;
      else sound++;
    }),
    { seed: 13, numRuns: cases(600, 6000) },
  );
  expect(Math.min(cycles, sound)).toBeGreaterThan(50);
});

const ids = ["a", "b", "c", "d", "e"];
const someIds = (most: number): fc.Arbitrary<readonly string[]> => fc.subarray(ids, { maxLength: most });

/** Five stages that wait for, read, enable and contain each other without plan. */
const tangle = fc
  .tuple(
    ...ids.map((id) =>
      fc.tuple(
        fc.constant(id),
        someIds(1),
        someIds(1),
        fc.option(fc.tuple(fc.constantFrom("foreach", "conditional"), someIds(2)), { freq: 4 }),
      ),
    ),
  )
  .map((stages) =>
    JSON.stringify({
      stages: stages.map(([id, dependsOn, read, control]) => ({
        id,
        component_type: control?.[0] ?? "logger",
        depends_on: dependsOn.filter((each) => each !== id),
        config: {
          message: read
            .filter((each) => each !== id)
            .map((each) => `{{ upstream.${each} ?? 1 }}`)
            .join(""),
          ...(control?.[0] === "foreach" ? { items: [1], loop_stages: control[1] } : {}),
          ...(control?.[0] === "conditional" ? { condition: "true", true_branch_stages: control[1] } : {}),
        },
      })),
    }),
  );

test("and in what a pipeline calls: missing, broken, abstract, circular, of another version, with another input", () => {
  const log = { id: "log", component_type: "logger", config: { message: "x" } };
  const call = (pipeline_id: string, more: object = {}): object => ({
    id: `call-${pipeline_id.replace(/\W.*/, "")}`,
    component_type: "subpipeline",
    config: { pipeline_id, ...more },
  });
  const files: Readonly<Record<string, object>> = {
    "good.pipeline.json": {
      name: "good",
      version: "1.2.0",
      input_schema: { type: "object", properties: { n: { type: "integer", minimum: 3 } }, required: ["n"] },
      stages: [log],
    },
    "broken.pipeline.json": { name: "broken", stages: [{ id: "a", component_type: "loger" }] },
    "abstract.pipeline.json": { name: "abstract", abstract: true, stages: [log] },
    "above.pipeline.json": { name: "above", stages: [call("broken")] },
    "left.pipeline.json": { name: "left", stages: [call("right")] },
    "right.pipeline.json": { name: "right", stages: [call("left")] },
    "child.pipeline.json": { name: "child", extends: "good", stages: [] },
  };
  const examples: readonly (readonly [object, string | null])[] = [
    [call("good", { input_data: { n: 5 } }), null],
    [call("good", { input_data: { n: "{{ input.n }}" } }), null],
    [call("good@^1.0.0", { input_data: { n: 5 } }), null],
    [call("child", { input_data: { n: 5 } }), null],
    [{ ...call("broken"), enabled: false }, null],
    [call("good", { input_data: { n: 1 } }), "unfitting-call-input"],
    [call("good", { input_data: { n: "x" } }), "unfitting-call-input"],
    [call("good"), "unfitting-call-input"],
    [call("child", { input_data: {} }), "unfitting-call-input"],
    [{ ...call("good"), input_mapping: { n: 1 } }, "unfitting-call-input"],
    [{ ...call("good"), input_mapping: { n: 4 } }, null],
    [call("goood"), "unknown-called-pipeline"],
    [call("good@^2.0.0"), "unknown-called-pipeline"],
    [call("good", { pipeline_version: "^2.0.0" }), "unknown-called-pipeline"],
    [call("good", { pipeline_version: "new" }), "unknown-called-pipeline"],
    [call("broken"), "uncallable-pipeline"],
    [call("abstract"), "uncallable-pipeline"],
    [call("above"), "uncallable-pipeline"],
    [call("left"), "uncallable-pipeline"],
    [call("good", { input_data: { n: 5 }, wait_for_completion: false }), "invalid-config-value"],
  ];
  const path = "main.pipeline.json";
  for (const [stage, rule] of examples) {
    const main = { name: "main", stages: [stage] };
    const entries = Object.entries({ ...files, [path]: main }).map(([at, pipeline]) => ({
      path: at,
      document: parsePipeline(JSON.stringify(pipeline)),
    }));
    const project = { ...builtInProject, pipelines: { entries } };
    const document = parsePipeline(JSON.stringify(main));
    const { problems } = checkPipeline(document, { project, path });
    const errors = problems.filter(({ severity }) => severity === "error").map(ruleNameOf);
    expect(errors, JSON.stringify(stage)).toEqual(rule === null ? [] : [rule]);
    expect(planRun(document, { ...project, path, input: {} }).ok, JSON.stringify(stage)).toBe(rule === null);
  }
});
