import { describe, expect, test } from "vitest";
import type { JsonValue } from "#core/pipeline";
import { edited, refusalOf } from "../../../support/edit-text.ts";

describe("values", () => {
  const file = `${[
    "{",
    '  "name": "n",',
    '  "stages": [',
    "    {",
    '      "id": "a", // first',
    '      "component_type": "generator",',
    '      "config": {',
    '        "prompt": "old", // why',
    '        "temperature": 1.0',
    "      },",
    '      "depends_on": []',
    "    }",
    "  ]",
    "}",
  ].join("\n")}\n`;
  const set = (path: readonly string[], value: JsonValue, stage: string | null = "a"): string =>
    edited(file, { kind: "set-value", stage, path, value });
  const unset = (path: readonly string[], stage: string | null = "a"): string =>
    edited(file, { kind: "unset-value", stage, path });

  test("CE-02 a value is replaced where it is, and nothing else", () => {
    expect(set(["config", "prompt"], 'two\n"lines"')).toBe(file.replace('"old"', '"two\\n\\"lines\\""'));
    expect(set(["config", "temperature"], 1)).toBe(file);
  });

  test("CE-02 a key that is not there is added where people look for it", () => {
    expect(set(["config", "model"], "m")).toBe(file.replace("1.0\n", '1.0,\n        "model": "m"\n'));
    expect(set(["name"], "N")).toBe(file.replace('"generator",\n', '"generator",\n      "name": "N",\n'));
    expect(set(["input_mapping", "prompt"], "{{ input.x }}")).toBe(
      file.replace("      },\n", '      },\n      "input_mapping": { "prompt": "{{ input.x }}" },\n'),
    );
    expect(set(["retry", "max_retries"], 2)).toBe(
      file.replace('"depends_on": []', '"depends_on": [],\n      "retry": { "max_retries": 2 }'),
    );
    expect(set(["description"], "d", null)).toBe(file.replace("  ]\n}", '  ],\n  "description": "d"\n}'));
  });

  test("a long value goes over lines, in the file's style", () => {
    const schema = { type: "object", properties: { text: { type: "string", description: "x".repeat(60) } } };
    expect(set(["input_schema"], schema, null)).toBe(
      file
        .replace(
          "  ]\n}",
          `  ],\n  "input_schema": ${JSON.stringify(schema, null, 2).replaceAll("\n", "\n  ")}\n}`,
        )
        .replace(
          /"text": \{\s*"type": "string",\s*("description": "x+")\s*\}/,
          '"text": {\n        "type": "string",\n        $1\n      }',
        ),
    );
  });

  test("CE-02 a key is taken away with its line; an object that is empty then goes too, but not config", () => {
    expect(unset(["config", "prompt"])).toBe(file.replace('        "prompt": "old", // why\n', ""));
    const one = file.replace('        "prompt": "old", // why\n', "");
    expect(edited(one, { kind: "unset-value", stage: "a", path: ["config", "temperature"] })).toContain(
      '"config": {}',
    );
    const retry = set(["retry", "max_retries"], 2);
    expect(edited(retry, { kind: "unset-value", stage: "a", path: ["retry", "max_retries"] })).toBe(file);
    expect(unset(["llm_settings", "model"])).toBe(file);
  });

  test("what is not there, and the list of stages as a whole, are refused", () => {
    const at = (stage: string | null, path: readonly string[]): string =>
      refusalOf(file, { kind: "set-value", stage, path, value: 1 });
    expect(at("zzz", ["name"])).toBe('There is no stage "zzz" in this file.');
    expect(at(null, ["stages", "0", "id"])).toContain("edited one by one");
    expect(at("a", ["depends_on", "0"])).toContain("a list has no such item");
    expect(at("a", ["config", "prompt", "x"])).toContain('"config.prompt" is no object');
  });
});
