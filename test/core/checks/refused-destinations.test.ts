import { expect, test } from "vitest";
import { planRun } from "#core/engine";
import { parsePipeline } from "#core/pipeline";
import { compare, marked, problemsOf } from "./marked.ts";

test.each([
  ['"id": "a", "type": ⟦"email"⟧, "name": "A", "config": { "to": ["{{ input.who }}"] }'],
  ['"id": "a", "type": ⟦"message_queue"⟧, "name": "A"'],
  ['"id": "a", "type": ⟦"webhok"⟧, "name": "A", "config": {}'],
  ['"id": "a", "type": "webhook", "config": { "url": "http://a.test", "method": ⟦"GET"⟧ }'],
  ['"id": "a", "type": "webhook", "config": ⟦{}⟧'],
  ['"id": "a", "type": "file", "config": { "path": "a.json", "mode": ⟦"add"⟧ }'],
])("the destination %s keeps a run from starting, at its place", (destination) => {
  for (const component of ["output_router", "error-router"]) {
    const source = pipeline(component, destination);
    const { found, expected } = compare(source, "invalid-config-value");
    expect(found).toEqual(expected);
    expect(plan(marked(source).text)).toEqual([expect.stringContaining(`FM2025: Stage "send": `)]);
  }
});

test.each([
  ['"type": "file", "config": { "path": "a.json" }', 'the destination needs "id".'],
  ['"id": "a"', 'the destination needs "type": webhook or file.'],
  ['"id": "a", "type": "webhook", "config": {}', 'the destination needs "config.url".'],
])("what is missing of %s is named", (destination, message) => {
  const [problem] = problemsOf(pipeline("output_router", destination));
  expect(problem?.message).toBe(message);
});

test.each([
  ['"id": "a", "type": "email", "name": "A", "enabled": false'],
  ['"id": "a", "type": "{{ input.type }}", "config": {}'],
  [
    '"id": "a", "type": "webhook", "config": { "url": "{{ input.url }}" }, "payload_template": "{{ data }} {{ timestamp }}"',
  ],
  [
    '"id": "a", "type": "file", "config": { "path": "a.json" }, "payload_template": { "all": "{{ metadata }}" }',
  ],
])("nothing is wrong with %s", (destination) => {
  for (const component of ["output_router", "error_router"]) {
    const text = pipeline(component, destination);
    expect(problemsOf(text)).toEqual([]);
    expect(plan(text)).toEqual([]);
  }
});

test("and of output_config it is told at its place, with what its expressions name", () => {
  const written = (destination: string): string =>
    `{ "name": "p", "output_config": { "destinations": [{ ${destination} }] }, "output_stage_id": "a", "stages": [{ "id": "a", "component_type": "logger", "config": { "message": "x" } }, { "id": "b", "component_type": "json_transform", "config": { "data": 1 } }] }`;
  for (const [destination, rule] of [
    ['"id": "m", "type": ⟦"email"⟧, "config": {}', "invalid-config-value"],
    ['"id": "f", "type": "file", "config": { "path": "{{ ⟦upsteam⟧.b.result }}" }', "unknown-name"],
    ['"id": "f", "type": "file", "config": { "path": "{{ upstream.⟦c⟧.result }}" }', "unknown-stage"],
    ['"id": "f", "type": "file", "config": { "path": "{{ upstream.b.⟦reslt⟧ }}" }', "unknown-output-field"],
  ] as const) {
    const { found, expected } = compare(written(destination), rule);
    expect(found).toEqual(expected);
  }
  const path = '"id": "f", "type": "file", "config": { "path": "{{ upstream.b.result }}" }';
  const used = `${path}, "payload_template": "{{ data }} {{ metadata.run_id }}"`;
  expect(problemsOf(written(used))).toEqual([]);
  expect(
    problemsOf(written('"id": "f", "type": "file", "config": { "path": "x" }')).map(({ code }) => code),
  ).toEqual(["FM1218"]);
});

function pipeline(component: string, destination: string): string {
  const config =
    component === "output_router" ? '"data": 1' : '"error_type": "TIMEOUT", "error_message": "Too slow."';
  return `{ "name": "p", "stages": [{ "id": "send", "component_type": "${component}", "config": { ${config}, "destinations": [{ ${destination} }] } }] }`;
}

function plan(text: string): readonly string[] {
  const planned = planRun(parsePipeline(text), { input: {} });
  return planned.ok ? [] : planned.problems.map(({ code, message }) => `${code}: ${message}`);
}
