import { expect, test } from "vitest";
import { type CanvasEdit, type JsonValue, parsePipeline, type Stage } from "#core/pipeline";
import { edited, refusalOf } from "../../../support/edit-text.ts";

function set(stage: string, path: readonly string[], value: JsonValue): CanvasEdit {
  return { kind: "set-stage-field", stage, path, value };
}

const file = `{
  "stages": [
    {
      "id": "a",
      "component_type": "generator",
      "timeout_ms": 500,
      "error_handling": { "on_error": "continue", "max_retries": 1, "note": "kept" },
      "skip_if": "input.x"
    },
    { "id": "b", "component_type": "logger", "depends_on": ["a"], "inputs": {}, "retry_config": { "max_retries": 1, "max_delay_ms": 9 } },
    { "id": "c", "component_type": "logger" }
  ]
}
`;

test("CE-02 a field is set in the spelling that the stage has it in", () => {
  expect(edited(file, set("a", ["timeout"], "2s"))).toBe(file.replace("500", "2000"));
  expect(edited(file, set("a", ["on_error"], "propagate"))).toBe(file.replace('"continue"', '"propagate"'));
  expect(edited(file, set("a", ["retry"], 3))).toBe(
    file.replace('"max_retries": 1, "note"', '"max_retries": 3, "note"'),
  );
  expect(edited(file, set("b", ["retry"], 3))).toBe(
    file.replace('"max_retries": 1, "max_delay', '"max_retries": 3, "max_delay'),
  );
  expect(edited(file, set("b", ["retry", "max_delay_ms"], 8))).toBe(
    file.replace('"max_delay_ms": 9', '"max_delay_ms": 8'),
  );
  expect(edited(file, set("b", ["input_mapping", "message"], "m"))).toBe(
    file.replace('"inputs": {}', '"inputs": { "message": "m" }'),
  );
});

test("CE-02 and else in that of other stages of the file, else by its own name", () => {
  expect(edited(file, set("c", ["timeout"], 2))).toBe(
    file.replace('"logger" }\n  ]', '"logger", "timeout_ms": 2000 }\n  ]'),
  );
  expect(edited(file, set("c", ["trigger_rule"], "all_done"))).toContain(
    '"logger", "trigger_rule": "all_done" }',
  );
  expect(
    edited('{"stages":{"x":{"component":"logger"}}}', set("x", ["input_mapping"], { message: "m" })),
  ).toBe('{"stages":{"x":{"component":"logger","inputs":{"message":"m"}}}}');
});

test("CE-02 what a spelling has no place for is said in another, and no two say one thing", () => {
  const retry = edited(file, set("a", ["retry"], { max_retries: 2, max_delay_ms: 5 }));
  expect(retry).toContain('"error_handling": { "on_error": "continue", "note": "kept" }');
  expect(retry).toContain('"retry": { "max_retries": 2, "max_delay_ms": 5 }');
  const when = edited(file, set("a", ["when"], "input.y"));
  expect(when).toContain('"when": "input.y"');
  expect(when).not.toContain("skip_if");
  const stage = (text: string): Stage | undefined => parsePipeline(text).pipeline.stages[0];
  expect(stage(retry)?.retry?.maxRetries).toBe(2);
  expect(stage(when)?.when).toMatchObject({ negated: false, condition: { value: "input.y" } });
});

test("CE-02 null takes a field away in each spelling; an id is renamed wherever it is named", () => {
  expect(edited(file, set("a", ["timeout"], null))).toBe(file.replace('      "timeout_ms": 500,\n', ""));
  expect(edited(file, set("c", ["retry"], null))).toBe(file);
  expect(edited(file, set("a", ["id"], "z"))).toBe(
    file.replace('"id": "a"', '"id": "z"').replace('["a"]', '["z"]'),
  );
  expect(refusalOf(file, set("a", ["id"], 3))).toBe("The id of a stage is text.");
  expect(refusalOf(file, set("q", ["when"], "x"))).toBe('There is no stage "q" in this file.');
});
