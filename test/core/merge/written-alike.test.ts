import { expect, test } from "vitest";
import { mergePipelines } from "#core/merge";

// What a merge adds is written as what stands beside it, and what it takes out takes its comments along.
function merged(base: string, ours: string, theirs: string): string {
  const result = mergePipelines(base, ours, theirs);
  if (!result.ok) throw new Error(result.message);
  expect(result.decisions.filter(({ state }) => state === "open")).toEqual([]);
  return result.text;
}

const added = { id: "x", component_type: "logger", config: { message: "x", data: { k: [1, { z: 1 }] } } };

function read(text: string): { stages: object[]; layout: Record<string, object> } {
  return JSON.parse(text);
}

const byLine = `{
  "name": "p",
  "stages": [
    {"id": "a", "component_type": "logger", "config": {"message": "m"}},
    {"id": "b", "component_type": "logger", "config": {"message": "b"}, "depends_on": ["a"]}
  ],
  "layout": {
    "a": {"x": 0, "y": 0},
    "b": {"x": 0, "y": 100}
  }
}
`;

test("DM-06 a new stage is in one line where the others are, with braces like theirs, and so is its place", () => {
  const theirs = read(byLine);
  theirs.stages.splice(1, 0, added);
  theirs.layout["x"] = { x: 0, y: 50 };
  const ours = byLine.replace('"m"', '"n"');
  expect(merged(byLine, ours, JSON.stringify(theirs, null, 2))).toBe(
    ours
      .replace(
        '    {"id": "b"',
        '    {"id": "x", "component_type": "logger", "config": {"message": "x", "data": {"k": [1, {"z": 1}]}}},\n    {"id": "b"',
      )
      .replace('"y": 100}\n', '"y": 100},\n    "x": {"x": 0, "y": 50}\n'),
  );
});

test("DM-06 a new stage is in one line where the stages of an object are, and in lines where they are", () => {
  const stage = (message: string): string =>
    `{ "component": "logger", "config": { "message": "${message}" } }`;
  const map = (first: string, more = ""): string =>
    `{\n\t"stages": {\n\t\t"a": ${first},\n\t\t"b": ${stage("b")}${more}\n\t}\n}\n`;
  const theirs = { component: "logger", config: { message: "long ".repeat(40) } };
  const json = { stages: { a: JSON.parse(stage("m")), b: JSON.parse(stage("b")), c: theirs } };
  expect(merged(map(stage("m")), map(stage("n")), JSON.stringify(json))).toBe(
    map(stage("n"), `,\n\t\t"c": ${stage("long ".repeat(40))}`),
  );
  const lines = (message: string): string => JSON.stringify({ stages: [{ id: "a", message }] }, null, 2);
  const more = JSON.stringify({ stages: [{ id: "a", message: "m" }, added] });
  expect(merged(lines("m"), lines("n"), more)).toBe(
    JSON.stringify({ stages: [{ id: "a", message: "n" }, added] }, null, 2),
  );
});

test("DM-06 a file in one line keeps its blanks, also where they are other than ours would be", () => {
  const base = '{"name": "p", "stages": [{"id": "a", "message": "m"}]}';
  const theirs = '{"name":"p","stages":[{"id":"a","message":"m"},{"id":"b","config":{"c":[]}}]}';
  expect(merged(base, base.replace('"m"', '"n"'), theirs)).toBe(
    '{"name": "p", "stages": [{"id": "a", "message": "n"}, {"id": "b", "config": {"c": []}}]}',
  );
});

const commented = `{
  // the pipeline
  "stages": [
    // about a
    { "id": "a", "message": "m" },
    // about b
    // TODO
    { "id": "b" }, // behind b
    /* about c,
       in lines */
    {
      "id": "c",
      // TODO
      "message": "c" // behind
    }
  ]
}
`;

test("DM-06 a comment above a stage goes with it where the side that removed it removed both", () => {
  const ours = commented.replace('"m"', '"n"');
  const both = commented.replace(/ {4}\/\/ about b\n {4}\/\/ TODO\n.*behind b\n/, "");
  expect(merged(commented, ours, both)).toBe(both.replace('"m"', '"n"'));
  // It may be about what follows it.
  const stageOnly = commented.replace(/.*behind b\n/, "");
  expect(merged(commented, ours, stageOnly)).toBe(stageOnly.replace('"m"', '"n"'));
  const last = commented
    .replace(/ \/\/ behind b\n[^]*$/, "\n  ]\n}\n")
    .replace('{ "id": "b" },', '{ "id": "b" }');
  expect(merged(commented, ours, last)).toBe(
    last.replace('"m"', '"n"').replace('{ "id": "b" }', '{ "id": "b" } // behind b'),
  );
  const property = commented.replace(/,\n.*TODO\n.*behind\n/, "\n");
  expect(merged(commented, ours, property)).toBe(property.replace('"m"', '"n"'));
});

test("DM-06 a comment of ours above a stage that theirs removed stays", () => {
  const ours = commented.replace("// about b", "// about b, and what came since");
  const theirs = JSON.stringify({
    stages: [
      { id: "a", message: "m" },
      { id: "c", message: "c" },
    ],
  });
  expect(merged(commented, ours, theirs)).toContain("    // about b, and what came since\n    /* about c,\n");
  const text = commented.replace('"m"', '"// about b"');
  expect(
    merged(text, text.replace('"c"', '"d"'), text.replace('"message": "c"', '"message": "c", "x": 1')),
  ).toContain("// about b\n    // TODO\n");
});

test("DM-06 stages that are called by numbers stay where they are written", () => {
  const map = (name: string, more = ""): string =>
    `{"stages":{"2":{"component":"logger","name":"${name}"},${more}"1":{"component":"logger","depends_on":["2"]}}}`;
  const other = '"b":{"component":"logger"},';
  expect(merged(map("m"), map("n"), map("m", other))).toBe(map("n", other));
});
