import { describe, expect, test } from "vitest";
import { editPipeline, parsePipeline } from "#core/pipeline";
import { edited, refusalOf } from "../../support/edit-text.ts";

function lines(...parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}

const studio = lines(
  "{",
  '  "name": "n",',
  '  "stages": [',
  "    {",
  '      "id": "a",',
  '      "component_type": "generator",',
  '      "depends_on": [],',
  '      "position": {',
  '        "x": 100.0,',
  '        "y": 100.0',
  "      }",
  "    },",
  "    {",
  '      "id": "b",',
  '      "component_type": "generator",',
  '      "depends_on": [',
  '        "a"',
  "      ]",
  "    },",
  '    { "id": "c", "component_type": "logger", "depends_on": ["a", "b"] } // last',
  "  ],",
  '  "output_stage_id": "c"',
  "}",
);

const mapped = lines(
  "{",
  '  "stages": {',
  '    "try": {',
  '      "component": "trycatch",',
  '      "try_stages": {',
  '        "risky": { "component": "generator" },',
  '        "after": { "component": "logger", "depends_on": ["risky"] }',
  "      },",
  '      "catch_stages": {',
  '        "mend": { "component": "logger" }',
  "      }",
  "    },",
  '    "end": { "component": "logger", "depends_on": ["try"] }',
  "  },",
  '  "output_stage": "end"',
  "}",
);

describe("move", () => {
  test("CE-02 an inline position changes in place, only the number that changes", () => {
    expect(edited(studio, { kind: "move-stages", moves: [{ stage: "a", x: 250, y: 100 }] })).toBe(
      studio.replace('"x": 100.0', '"x": 250'),
    );
  });

  test("CE-02 CE-11 other stages get a line each in layout, sorted, at the end", () => {
    const moves = [
      { stage: "c", x: 30.4, y: -0.2 },
      { stage: "b", x: 10, y: 20 },
    ];
    const text = edited(studio, { kind: "move-stages", moves });
    expect(text).toBe(
      studio.replace(
        '"output_stage_id": "c"\n',
        '"output_stage_id": "c",\n  "layout": {\n    "b": { "x": 10, "y": 20 },\n    "c": { "x": 30, "y": 0 }\n  }\n',
      ),
    );
    expect(edited(text, { kind: "move-stages", moves: [{ stage: "b", x: 11, y: 20 }] })).toBe(
      text.replace('"b": { "x": 10', '"b": { "x": 11'),
    );
    expect(edited(text, { kind: "move-stages", moves: [{ stage: "$note:1", x: 1, y: 2 }] })).toBe(
      text.replace('    "b": {', '    "$note:1": { "x": 1, "y": 2 },\n    "b": {'),
    );
  });

  test("CE-11 a nested stage's line is named by its path", () => {
    expect(edited(mapped, { kind: "move-stages", moves: [{ stage: "try/risky", x: 1, y: 2 }] })).toBe(
      mapped.replace(
        '"output_stage": "end"\n',
        '"output_stage": "end",\n  "layout": {\n    "try/risky": { "x": 1, "y": 2 }\n  }\n',
      ),
    );
  });

  test("a move to where the stage is changes nothing", () => {
    expect(
      editPipeline(parsePipeline(studio), { kind: "move-stages", moves: [{ stage: "a", x: 100, y: 100 }] }),
    ).toEqual({
      ok: true,
      edits: [],
    });
  });

  test("a minified file stays in one line", () => {
    const text = '{"stages":[{"id":"a","component_type":"generator"}]}';
    expect(edited(text, { kind: "move-stages", moves: [{ stage: "a", x: 1, y: 2 }] })).toBe(
      '{"stages":[{"id":"a","component_type":"generator"}],"layout":{"a":{"x":1,"y":2}}}',
    );
  });

  test("a position without numbers is mended", () => {
    const text = '{"stages":[{"id":"a","type":"t","position":{"color":"red"}}]}';
    expect(edited(text, { kind: "move-stages", moves: [{ stage: "a", x: 1, y: 2 }] })).toBe(
      '{"stages":[{"id":"a","type":"t","position":{"color":"red","x":1,"y":2}}]}',
    );
  });
});

describe("rename", () => {
  test("CE-02 a name is put behind the component", () => {
    expect(edited(studio, { kind: "set-stage-name", stage: "b", name: 'Be "it"' })).toBe(
      studio.replace(
        '"id": "b",\n      "component_type": "generator",\n',
        '"id": "b",\n      "component_type": "generator",\n      "name": "Be \\"it\\"",\n',
      ),
    );
    expect(edited(studio, { kind: "set-stage-name", stage: "c", name: "C" })).toBe(
      studio.replace('"logger", ', '"logger", "name": "C", '),
    );
  });

  test("CE-02 an existing name is replaced, and an empty one removed", () => {
    const named = edited(studio, { kind: "set-stage-name", stage: "b", name: "B" });
    expect(edited(named, { kind: "set-stage-name", stage: "b", name: "D" })).toBe(
      named.replace('"B"', '"D"'),
    );
    expect(edited(named, { kind: "set-stage-name", stage: "b", name: "" })).toBe(studio);
  });

  test("CE-02 nested stages have names too", () => {
    expect(edited(mapped, { kind: "set-stage-name", stage: "try/mend", name: "M" })).toBe(
      mapped.replace('"mend": { "component": "logger" }', '"mend": { "component": "logger", "name": "M" }'),
    );
  });
});

describe("connect", () => {
  test("CE-02 an empty list is filled in the way the file writes lists", () => {
    const text = studio.replace('"depends_on": [\n        "a"\n      ]', '"depends_on": []');
    expect(edited(text, { kind: "connect", from: "a", to: "b" })).toBe(
      text.replace(
        /"depends_on": \[\]\n {4}\},\n {4}\{ "id": "c"/,
        '"depends_on": ["a"]\n    },\n    { "id": "c"',
      ),
    );
  });

  test("CE-02 an id goes to the end of a list in lines", () => {
    const text = studio
      .replace('["a", "b"]', '["a"]')
      .replace('    { "id": "c"', '    { "id": "z", "component_type": "logger" },\n    { "id": "c"');
    expect(edited(text, { kind: "connect", from: "z", to: "b" })).toBe(
      text.replace('        "a"\n', '        "a",\n        "z"\n'),
    );
    expect(edited(text, { kind: "connect", from: "z", to: "c" })).toBe(
      text.replace('"depends_on": ["a"] }', '"depends_on": ["a", "z"] }'),
    );
    expect(edited(text, { kind: "connect", from: "a", to: "z" })).toBe(
      text.replace(
        '{ "id": "z", "component_type": "logger" }',
        '{ "id": "z", "component_type": "logger", "depends_on": ["a"] }',
      ),
    );
  });

  test("CE-02 a stage of the same body is named without its path", () => {
    const text = mapped.replace(
      '"mend": { "component": "logger" }',
      '"mend": { "component": "logger" },\n        "tell": { "component": "logger" }',
    );
    expect(edited(text, { kind: "connect", from: "try/mend", to: "try/tell" })).toBe(
      text.replace(
        '"tell": { "component": "logger" }',
        '"tell": { "component": "logger", "depends_on": ["mend"] }',
      ),
    );
  });

  test("a name that means a nearer stage is refused", () => {
    const text = mapped.replace('"end": {', '"mend": { "component": "logger" },\n    "end": {');
    expect(refusalOf(text, { kind: "connect", from: "mend", to: "try/after" })).toContain('means "try/mend"');
  });

  test("what makes no sense is refused with the reason", () => {
    expect(refusalOf(studio, { kind: "connect", from: "c", to: "c" })).toContain("itself");
    expect(refusalOf(studio, { kind: "connect", from: "a", to: "c" })).toContain("already");
    expect(refusalOf(studio, { kind: "connect", from: "x", to: "c" })).toContain('no stage "x"');
    expect(refusalOf(studio, { kind: "connect", from: "c", to: "a" })).toBe(
      'This would close a circle: "a" → "c" → "a".',
    );
    expect(refusalOf(mapped, { kind: "connect", from: "try/mend", to: "end" })).toContain(
      'Connect "end" to "try" instead',
    );
    expect(refusalOf(mapped, { kind: "connect", from: "end", to: "try/mend" })).toContain("circle");
    expect(refusalOf(mapped, { kind: "connect", from: "try", to: "try/mend" })).toContain("inside");
    expect(refusalOf(`${studio}x`, { kind: "connect", from: "a", to: "b" })).toContain("errors of syntax");
  });
});

describe("disconnect", () => {
  test("CE-02 only the id goes, with its comma", () => {
    expect(edited(studio, { kind: "disconnect", from: "a", to: "c" })).toBe(
      studio.replace('["a", "b"]', '["b"]'),
    );
    expect(edited(studio, { kind: "disconnect", from: "b", to: "c" })).toBe(
      studio.replace('["a", "b"]', '["a"]'),
    );
    expect(edited(studio, { kind: "disconnect", from: "a", to: "b" })).toBe(
      studio.replace('[\n        "a"\n      ]', "[]"),
    );
    expect(edited(mapped, { kind: "disconnect", from: "try/risky", to: "try/after" })).toBe(
      mapped.replace('["risky"]', "[]"),
    );
  });

  test("CE-02 a branch of a control stage is taken from its list", () => {
    const text =
      '{"stages":[{"id":"c","component_type":"conditional","config":{"true_branch_stages":["x","y"]}},{"id":"x","type":"t"},{"id":"y","type":"t"}]}';
    expect(edited(text, { kind: "disconnect", from: "c", to: "x" })).toBe(text.replace('["x","y"]', '["y"]'));
  });

  test("what is not connected, or not by a list, is refused", () => {
    expect(refusalOf(studio, { kind: "disconnect", from: "b", to: "a" })).toContain("does not depend");
    expect(refusalOf(mapped, { kind: "disconnect", from: "try", to: "try/mend" })).toContain(
      "written inside",
    );
  });
});

describe("delete", () => {
  test("CE-02 a stage goes with its lines, and its name from other stages", () => {
    const text = edited(studio, { kind: "delete-stages", stages: ["a"] });
    const start = studio.indexOf('    {\n      "id": "a"');
    const end = studio.indexOf('    {\n      "id": "b"');
    expect(text).toBe(
      (studio.slice(0, start) + studio.slice(end))
        .replace('[\n        "a"\n      ]', "[]")
        .replace('["a", "b"]', '["b"]'),
    );
  });

  test("CE-02 the last stage takes the comma before it, and the output stage", () => {
    expect(edited(studio, { kind: "delete-stages", stages: ["c"] })).toBe(
      studio
        .replace('    { "id": "c", "component_type": "logger", "depends_on": ["a", "b"] } // last\n', "")
        .replace('      ]\n    },\n  ],\n  "output_stage_id": "c"\n', "      ]\n    }\n  ]\n"),
    );
  });

  test("CE-02 all stages leave an empty list", () => {
    const text = edited(studio.replace(" // last", ""), { kind: "delete-stages", stages: ["a", "b", "c"] });
    expect(text).toBe(lines("{", '  "name": "n",', '  "stages": []', "}"));
  });

  test("CE-02 a nested stage leaves its body, its owner takes all of it", () => {
    expect(edited(mapped, { kind: "delete-stages", stages: ["try/risky"] })).toBe(
      mapped.replace('        "risky": { "component": "generator" },\n', "").replace('["risky"]', "[]"),
    );
    const owner = edited(mapped, { kind: "delete-stages", stages: ["try"] });
    expect(JSON.parse(owner)).toEqual({
      stages: { end: { component: "logger", depends_on: [] } },
      output_stage: "end",
    });
  });

  test("CE-02 control-flow lists and layout lines follow", () => {
    const text = lines(
      "{",
      '  "stages": [',
      '    { "id": "loop", "component_type": "foreach", "config": { "items": [], "loop_stages": ["x", "y"] } },',
      '    { "id": "x", "component_type": "logger" },',
      '    { "id": "y", "component_type": "logger" }',
      "  ],",
      '  "layout": {',
      '    "x": { "x": 1, "y": 1 },',
      '    "y": { "x": 2, "y": 2 }',
      "  }",
      "}",
    );
    expect(edited(text, { kind: "delete-stages", stages: ["y"] })).toBe(
      text
        .replace('["x", "y"]', '["x"]')
        .replace('"logger" },\n    { "id": "y", "component_type": "logger" }', '"logger" }')
        .replace('"y": 1 },\n    "y": { "x": 2, "y": 2 }', '"y": 1 }'),
    );
    expect(JSON.parse(edited(text, { kind: "delete-stages", stages: ["x", "y"] }))).toEqual({
      stages: [{ id: "loop", component_type: "foreach", config: { items: [], loop_stages: [] } }],
    });
  });

  test("a stage of the parent pipeline is switched off", () => {
    const text = lines("{", '  "extends": "base",', '  "stages": []', "}");
    const once = edited(text, { kind: "delete-stages", stages: ["validate"] });
    expect(once).toBe(
      lines(
        "{",
        '  "extends": "base",',
        '  "overrides": {',
        '    "validate": { "enabled": false }',
        "  },",
        '  "stages": []',
        "}",
      ),
    );
    expect(edited(once, { kind: "delete-stages", stages: ["output"] })).toBe(
      once.replace("false }\n", 'false },\n    "output": { "enabled": false }\n'),
    );
  });

  test("an unknown stage is refused", () => {
    expect(refusalOf(studio, { kind: "delete-stages", stages: ["nobody"] })).toContain('no stage "nobody"');
  });
});

test("CE-02 CRLF, tabs and a missing final newline stay", () => {
  const text = studio.replaceAll("\n", "\r\n").replaceAll("  ", "\t").trimEnd();
  const moved = edited(text, { kind: "move-stages", moves: [{ stage: "b", x: 1, y: 2 }] });
  expect(moved).toBe(
    text.replace(
      '"output_stage_id": "c"\r\n}',
      '"output_stage_id": "c",\r\n\t"layout": {\r\n\t\t"b": { "x": 1, "y": 2 }\r\n\t}\r\n}',
    ),
  );
});
