import { describe, expect, test } from "vitest";
import { type AddStage, newStageId, parsePipeline } from "#core/pipeline";
import { edited, refusalOf } from "../../../support/edit-text.ts";

function add(componentType: string, over: Partial<AddStage> = {}): AddStage {
  return {
    kind: "add-stage",
    componentType,
    id: null,
    name: null,
    config: {},
    position: null,
    place: { kind: "free" },
    ...over,
  };
}

const studio = `{
  "name": "n",
  "stages": [
    {
      "id": "a",
      "component_type": "generator",
      "config": { "prompt": "x" },
      "depends_on": []
    },
    {
      "id": "b",
      "component_type": "logger", // says it
      "depends_on": [
        "a"
      ]
    }
  ],
  "output_stage_id": "b"
}
`;

describe("where nothing is yet", () => {
  test("CE-06 an empty file becomes a pipeline of one stage", () => {
    const one =
      '{\n  "stages": [\n    {\n      "id": "logger",\n      "component_type": "logger"\n    }\n  ]\n}';
    expect(edited("", add("logger"))).toBe(`${one}\n`);
    expect(edited("\n  \n", add("logger"))).toBe(`${one}\n`);
    expect(edited("{}", add("logger"))).toBe(one);
    expect(edited("// mine", add("logger"))).toBe(`// mine\n${one}\n`);
    expect(edited("// mine\r\n", add("logger"))).toBe(`// mine\r\n${one}\n`.replaceAll(/\r?\n/g, "\r\n"));
  });

  test("CE-06 a list of stages is added, filled or put in place of null", () => {
    expect(edited('{ "name": "p" }', add("logger"))).toBe(
      '{ "name": "p", "stages": [{ "id": "logger", "component_type": "logger" }] }',
    );
    expect(edited('{"name":"p","stages":[]}', add("logger"))).toBe(
      '{"name":"p","stages":[{"id":"logger","component_type":"logger"}]}',
    );
    expect(edited('{\n\t"stages": null,\n\t"layout": {}\n}', add("logger"))).toBe(
      '{\n\t"stages": [\n\t\t{\n\t\t\t"id": "logger",\n\t\t\t"component_type": "logger"\n\t\t}\n\t],\n\t"layout": {}\n}',
    );
    expect(edited('{\n  "name": "p",\n  "layout": {}\n}', add("logger"))).toBe(
      '{\n  "name": "p",\n  "stages": [\n    {\n      "id": "logger",\n      "component_type": "logger"\n    }\n  ],\n  "layout": {}\n}',
    );
    expect(edited('{\n  "stages": {}\n}', add("logger"))).toBe(
      '{\n  "stages": {\n    "logger": {\n      "component": "logger"\n    }\n  }\n}',
    );
  });

  test("CE-06 what is no pipeline is not overwritten", () => {
    expect(refusalOf("[]", add("logger"))).toContain("holds no object");
    expect(refusalOf('{ "stages": 3 }', add("logger"))).toContain('"stages" must be a list');
    expect(refusalOf('{ "stages": [', add("logger"))).toContain("errors of syntax");
  });
});

describe("in a file", () => {
  test("CE-06 a stage goes to the end of the list, with its name, config and place", () => {
    const config = { prompt: "{{input.x}}", tags: ["p", "q"], nested: { deep: [{ x: 1 }] } };
    expect(edited(studio, add("generator", { name: "Say", config, position: { x: 10.4, y: 20 } }))).toBe(
      studio
        .replace(
          '        "a"\n      ]\n    }\n',
          `        "a"
      ]
    },
    {
      "id": "generator",
      "component_type": "generator",
      "name": "Say",
      "config": {
        "prompt": "{{input.x}}",
        "tags": [
          "p",
          "q"
        ],
        "nested": {
          "deep": [
            {
              "x": 1
            }
          ]
        }
      }
    }
`,
        )
        .replace(
          '"output_stage_id": "b"\n',
          '"output_stage_id": "b",\n  "layout": {\n    "generator": { "x": 10, "y": 20 }\n  }\n',
        ),
    );
  });

  test("CE-06 after a stage, it waits for that one", () => {
    expect(edited(studio, add("logger", { id: "c", place: { kind: "after", stage: "a" } }))).toBe(
      studio.replace(
        '"depends_on": []\n    },\n',
        `"depends_on": []
    },
    {
      "id": "c",
      "component_type": "logger",
      "depends_on": [
        "a"
      ]
    },
`,
      ),
    );
  });

  test("CE-06 before a stage, that one waits for it", () => {
    expect(edited(studio, add("logger", { id: "c", place: { kind: "before", stage: "a" } }))).toBe(
      studio.replace(
        '"depends_on": []\n    },\n',
        `"depends_on": [
        "c"
      ]
    },
    {
      "id": "c",
      "component_type": "logger"
    },
`,
      ),
    );
  });

  test("CE-06 on an edge, it takes the place in the list of the stage behind it", () => {
    expect(edited(studio, add("filter", { place: { kind: "on-edge", from: "a", to: "b" } }))).toBe(
      studio.replace('        "a"\n      ]\n    }\n  ]', '        "filter"\n      ]\n    }\n  ]').replace(
        '"depends_on": []\n    },\n',
        `"depends_on": []
    },
    {
      "id": "filter",
      "component_type": "filter",
      "depends_on": [
        "a"
      ]
    },
`,
      ),
    );
    const loop =
      '{"stages":[{"id":"l","component_type":"foreach","config":{"loop_stages":["c"]}},{"id":"c","component_type":"conditional","config":{"true_branch_stages":["a"]}},{"id":"a","component_type":"logger"}]}';
    // What the branch enabled in the loop stays in the loop.
    expect(edited(loop, add("filter", { place: { kind: "on-edge", from: "c", to: "a" } }))).toContain(
      '"loop_stages":["c","a"]',
    );
    expect(refusalOf(studio, add("filter", { place: { kind: "on-edge", from: "b", to: "a" } }))).toBe(
      '"a" does not depend on "b".',
    );
  });

  test("CE-06 beside stages with a position of their own it has one too; beside stages in a line it is in a line", () => {
    const text =
      '{ "stages": [\n  { "id": "a", "component": "http-request", "position": {"x": 1, "y": 2} }\n] }\n';
    expect(edited(text, add("json_transform", { position: { x: 5, y: 6 } }))).toBe(
      text.replace(
        "} }\n",
        '} },\n  { "id": "json_transform", "component": "json-transform", "position": { "x": 5, "y": 6 } }\n',
      ),
    );
  });

  test("CE-06 ids are made of the component, spelled as the others are, and never taken or a word of expressions", () => {
    const ids = (text: string, ...types: readonly string[]) =>
      types.map((type) => newStageId(parsePipeline(text), type));
    expect(ids('{"stages":[{"id":"logger"},{"id":"logger_2"}]}', "logger", "http_request")).toEqual([
      "logger_3",
      "http_request",
    ]);
    expect(
      ids('{"stages":[{"id":"http-request"}]}', "http_request", "env", "vendor/my.own-thing@^1"),
    ).toEqual(["http-request2", "env_2", "own-thing"]);
    expect(
      ids('{"extends":"p","overrides":{"logger":{}},"compositions":[{"id":"filter"}]}', "logger", "filter"),
    ).toEqual(["logger_2", "filter_2"]);
    expect(refusalOf(studio, add("logger", { id: "a" }))).toContain('There is a stage "a" already');
    expect(refusalOf(studio, add("logger", { id: "input" }))).toContain("means something else");
    expect(refusalOf(studio, add("logger", { id: "1 x" }))).toContain("cannot be used in expressions");
  });
});

describe("in an arm", () => {
  const flat = `{
  "stages": [
    { "id": "check", "component_type": "conditional", "config": { "condition": true, "true_branch_stages": ["yes"] } },
    { "id": "yes", "component_type": "logger", "depends_on": ["check"] },
    { "id": "loop", "component_type": "foreach", "config": { "items": [] } },
    { "id": "route", "component_type": "router", "config": { "value": 1, "routes": { "1": "yes" } } }
  ]
}
`;

  test("CE-06 of lists of ids, the list is filled, made or added", () => {
    const to = (owner: string, arm: string) =>
      edited(flat, add("logger", { id: "n", place: { kind: "in-arm", owner, arm } }));
    const stage = '    { "id": "n", "component_type": "logger" },\n';
    const waiting = (on: string) => stage.replace(" },", `, "depends_on": ["${on}"] },`);
    const after = (line: string) => (text: string) =>
      text.replace(line, line + waiting(line.includes("yes") ? "check" : "loop"));
    const yes = '    { "id": "yes", "component_type": "logger", "depends_on": ["check"] },\n';
    expect(to("check", "true")).toBe(after(yes)(flat.replace('["yes"]', '["yes", "n"]')));
    const check = '"true_branch_stages": ["yes"] } },\n';
    expect(to("check", "false")).toBe(
      flat.replace(
        check,
        `"true_branch_stages": ["yes"], "false_branch_stages": ["n"] } },\n${waiting("check")}`,
      ),
    );
    expect(to("loop", "loop")).toBe(
      flat.replace('"items": [] } },\n', `"items": [], "loop_stages": ["n"] } },\n${waiting("loop")}`),
    );
    expect(to("route", "route:1")).toContain('"routes": { "1": ["yes", "n"] }');
    expect(to("route", "route:__proto__")).toContain('"routes": { "1": "yes", "__proto__": ["n"] }');
    expect(to("route", "route:default")).toContain('"routes": { "1": "yes" }, "default_route": ["n"] }');
    expect(refusalOf(flat, add("logger", { place: { kind: "in-arm", owner: "yes", arm: "loop" } }))).toBe(
      '"yes" is a logger and has no arm "loop".',
    );
    expect(
      refusalOf(
        flat.replace('"1": "yes"', '"1": "{{x}}"'),
        add("logger", { place: { kind: "in-arm", owner: "route", arm: "route:1" } }),
      ),
    ).toContain("come from an expression");
  });

  const mapped = `{
  "stages": {
    "try": {
      "component": "trycatch",
      "try_stages": {
        "risky": {
          "component": "generator"
        }
      }
    },
    "check": { "component": "conditional", "config": { "condition": true } }
  }
}
`;

  test("CE-06 of the map dialect, the stage is written inside its owner", () => {
    expect(edited(mapped, add("logger", { place: { kind: "in-arm", owner: "try", arm: "try" } }))).toBe(
      mapped.replace(
        '"generator"\n        }\n',
        '"generator"\n        },\n        "logger": {\n          "component": "logger"\n        }\n',
      ),
    );
    expect(edited(mapped, add("logger", { place: { kind: "in-arm", owner: "try", arm: "catch" } }))).toBe(
      mapped.replace(
        "        }\n      }\n",
        '        }\n      },\n      "catch_stages": {\n        "logger": {\n          "component": "logger"\n        }\n      }\n',
      ),
    );
    expect(edited(mapped, add("logger", { place: { kind: "after", stage: "try/risky" } }))).toBe(
      mapped.replace(
        '"generator"\n        }\n',
        '"generator"\n        },\n        "logger": {\n          "component": "logger",\n          "depends_on": ["risky"]\n        }\n',
      ),
    );
    expect(
      edited(mapped, add("logger", { place: { kind: "in-arm", owner: "check", arm: "true" } })),
    ).toContain('"config": { "condition": true }, "true_stages": ["logger"] }');
  });

  test("CE-06 on the edge into a branch, the stage behind is enabled through the new one", () => {
    const text = edited(flat, add("filter", { place: { kind: "on-edge", from: "check", to: "yes" } }));
    expect(text).toContain('"true_branch_stages": ["filter"]');
    expect(text).toContain('"id": "filter", "component_type": "filter", "depends_on": ["check"]');
    expect(text).toContain('"id": "yes", "component_type": "logger", "depends_on": ["filter"]');
  });
});
