import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyTextEdits,
  type CanvasEdit,
  editPipeline,
  type JsonValue,
  nodeToJson,
  type PipelineDocument,
  parsePipeline,
  stageById,
  withParent,
} from "#core/pipeline";
import { cases } from "../../../support/soak.ts";

const parent = parsePipeline(`{
  "name": "base",
  "stages": [
    { "id": "read", "component_type": "logger", "config": { "message": "m", "fields": { "a": 1, "b": 2 } }, "timeout_ms": 5 },
    { "id": "tell", "component_type": "logger", "config": { "message": "t" }, "depends_on": ["read"] },
    { "id": "off", "component_type": "logger", "enabled": false, "position": { "x": 1, "y": 2 } }
  ]
}`);

const child = `{
  "name": "child",
  "extends": "base",
  "stages": [
    { "id": "mine", "component_type": "logger",   "config": {"message": "o"} }
  ]
}
`;

function attempt(text: string, edit: CanvasEdit, of = parent): string | { readonly refused: string } {
  const result = editPipeline(parsePipeline(text), edit, of);
  return result.ok ? applyTextEdits(text, result.edits) : { refused: result.message };
}

function edited(text: string, edit: CanvasEdit, of = parent): string {
  const result = attempt(text, edit, of);
  if (typeof result !== "string") throw new Error(result.refused);
  return result;
}

function refusal(text: string, edit: CanvasEdit): string {
  const result = attempt(text, edit);
  if (typeof result === "string") throw new Error(`Not refused: ${result}`);
  return result.refused;
}

/** The overrides of a text, and that nothing else of `child` has changed. */
function overridesOf(text: string): JsonValue {
  const { overrides, ...rest } = JSON.parse(text);
  const { overrides: _, ...before } = JSON.parse(child);
  expect(rest).toEqual(before);
  return overrides ?? null;
}

const stage = "read";

test("CE-02 a field of an inherited stage is changed by the smallest override, and back by none", () => {
  const set = edited(child, { kind: "set-value", stage, path: ["config", "message"], value: "n" });
  expect(set).toBe(
    child.replace(
      '"extends": "base",\n',
      '"extends": "base",\n  "overrides": { "read": { "config": { "message": "n" } } },\n',
    ),
  );
  const named = edited(set, { kind: "set-stage-name", stage, name: "Read" });
  expect(overridesOf(named)).toEqual({ read: { config: { message: "n" }, name: "Read" } });
  const timed = edited(named, { kind: "set-stage-field", stage, path: ["timeout"], value: 2 });
  expect(overridesOf(timed)).toMatchObject({ read: { timeout_ms: 2000 } });
  // What is as the parent has it is not said.
  const same = edited(set, { kind: "set-value", stage, path: ["config", "message"], value: "m" });
  expect(same).toBe(child);
  expect(edited(set, { kind: "unset-value", stage, path: ["config", "message"] })).toBe(child);
  expect(edited(timed, { kind: "revert-stages", stages: [stage] })).toBe(child);
});

test("CE-02 what no override can do to an inherited stage is refused, and what to do instead is said", () => {
  const part: CanvasEdit = { kind: "set-value", stage, path: ["config", "fields"], value: { a: 3 } };
  expect(refusal(child, part)).toBe(
    'The parent "base" gives "read" "config.fields.b", and an override cannot take it away. Give it another value, or open its origin to change it for all that inherit it.',
  );
  expect(refusal(child, { kind: "unset-value", stage, path: ["config", "message"] })).toContain(
    "cannot take",
  );
  expect(refusal(child, { kind: "rename-stage-id", stage, to: "r" })).toBe(
    '"read" is inherited from "base", so it cannot get another id here. Open its origin to change it for all that inherit it.',
  );
  expect(refusal(child, { kind: "set-stage-field", stage, path: ["id"], value: "r" })).toContain(
    "another id",
  );
  expect(refusal(child, { kind: "move-into", stages: [stage], owner: "mine", arm: "loop" })).toContain("arm");
  expect(refusal(child, { kind: "rename-stage-id", stage: "mine", to: "read" })).toContain("already");
  expect(refusal(child, { kind: "connect", from: "tell", to: stage })).toContain("circle");
});

test("CE-17 an inherited stage is switched off by its override and on again, also one that the parent has off", () => {
  const off = edited(child, { kind: "set-enabled", stages: [stage, "mine"], state: "off" });
  expect(JSON.parse(off)).toMatchObject({ overrides: { read: { enabled: false } } });
  expect(edited(off, { kind: "set-enabled", stages: [stage, "mine"], state: "on" })).toBe(child);
  const on = edited(child, { kind: "set-enabled", stages: ["off"], state: "on" });
  expect(overridesOf(on)).toEqual({ off: { enabled: true } });
  expect(edited(on, { kind: "set-enabled", stages: ["off"], state: "off" })).toBe(child);
});

test("CE-02 inherited stages are connected with own ones, new ones and each other, and moved", () => {
  const own = edited(child, { kind: "connect", from: "tell", to: "mine" });
  expect(JSON.parse(own).stages[0].depends_on).toEqual(["tell"]);
  expect(overridesOf(edited(child, { kind: "connect", from: "mine", to: "tell" }))).toEqual({
    tell: { depends_on: ["read", "mine"] },
  });
  expect(overridesOf(edited(child, { kind: "disconnect", from: "read", to: "tell" }))).toEqual({
    tell: { depends_on: [] },
  });
  const place = { kind: "on-edge", from: "read", to: "tell" } as const;
  const added = edited(child, {
    kind: "add-stage",
    componentType: "read",
    id: null,
    name: null,
    config: {},
    position: null,
    place,
  });
  // The parent has a stage of that id.
  expect(JSON.parse(added).stages[1]).toEqual({
    id: "read_2",
    component_type: "read",
    depends_on: ["read"],
  });
  expect(JSON.parse(added).overrides).toEqual({ tell: { depends_on: ["read_2"] } });
  const moved = edited(child, {
    kind: "move-stages",
    moves: [
      { stage: "off", x: 5, y: 2 },
      { stage: "read", x: 7, y: 8 },
    ],
  });
  expect(JSON.parse(moved)).toMatchObject({
    overrides: { off: { position: { x: 5 } } },
    layout: { read: { x: 7, y: 8 } },
  });
});

test("CE-02 a pasted stage takes no id of the parent, and one in a parent's place is given up for it", () => {
  const clipping = { stages: [{ id: "read", component_type: "logger" }] };
  const pasted = edited(child, { kind: "paste-stages", clipping, at: null, into: null });
  expect(JSON.parse(pasted).stages.map(({ id }: { id: string }) => id)).toEqual(["mine", "read_2"]);
  const replacing = child.replace('"mine"', '"tell"');
  const reverted = edited(replacing, { kind: "revert-stages", stages: ["tell"] });
  expect(JSON.parse(reverted).stages).toEqual([]);
  expect(refusal(replacing, { kind: "delete-stages", stages: ["tell"] })).toContain("takes the place");
  expect(refusal(replacing, { kind: "rename-stage-id", stage: "tell", to: "n" })).toContain("keep it");
  expect(refusal(child, { kind: "revert-stages", stages: ["mine"] })).toContain('no stage "mine"');
});

test("CE-02 stages inside others are changed by their path, and new ones come into arms of the parent's by its lists", () => {
  const listed = parsePipeline(
    '{"name":"base","stages":[{"id":"if","component_type":"conditional","config":{"condition":"x","true_branch_stages":["yes"]}},{"id":"yes","component_type":"logger","depends_on":["if"]}]}',
  );
  const add = {
    kind: "add-stage",
    componentType: "logger",
    id: null,
    name: null,
    config: {},
    position: null,
  } as const;
  const place = { kind: "in-arm", owner: "if", arm: "true" } as const;
  const into = JSON.parse(edited(child, { ...add, place }, listed));
  expect(into.overrides).toEqual({ if: { config: { true_branch_stages: ["yes", "logger"] } } });
  expect(into.stages[1]).toEqual({ id: "logger", component_type: "logger", depends_on: ["if"] });

  const nested = parsePipeline(
    '{"name":"base","stages":{"each":{"component":"foreach","config":{"items":[1]},"loop_stages":{"one":{"component":"logger","config":{"message":"m"}}}}}}',
  );
  const set: CanvasEdit = { kind: "set-value", stage: "each/one", path: ["config", "message"], value: "n" };
  expect(overridesOf(edited(child, set, nested))).toEqual({ "each/one": { config: { message: "n" } } });
  // The body of a loop of the parent has no place in this file.
  const body = { kind: "in-arm", owner: "each", arm: "loop" } as const;
  expect(() => edited(child, { ...add, place: body }, nested)).toThrow("cannot hold stages of this file");
});

const key = fc.constantFrom("message", "fields", "a", "b", "__proto__", "toString");
const { value } = fc.letrec<{ value: JsonValue; object: JsonValue }>((tie) => ({
  object: fc.array(fc.tuple(key, tie("value")), { maxLength: 3 }).map((each) => Object.fromEntries(each)),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 2 }),
    tie("object"),
  ),
}));

test("CE-02 law: after an edit of an inherited stage the whole says what was asked for, and all else what it said", () => {
  let done = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ path: fc.array(key, { minLength: 1, maxLength: 3 }), value }), {
        minLength: 1,
        maxLength: 4,
      }),
      (sets) => {
        let text = child;
        for (const set of sets) {
          const path = ["config", ...set.path];
          const before = parsePipeline(text);
          const result = attempt(text, { kind: "set-value", stage, path, value: set.value });
          if (typeof result !== "string") {
            expect(result.refused).toMatch(/\.$/);
            continue;
          }
          done += 1;
          const after = parsePipeline(result);
          expect(after.broken).toBe(false);
          const wanted = withAt(stageJson(whole(before), stage), path, set.value);
          expect(stageJson(whole(after), stage)).toEqual(wanted);
          for (const other of ["tell", "off", "mine"])
            expect(stageJson(whole(after), other)).toEqual(stageJson(whole(before), other));
          // Every line of this file but those of the override is as it was.
          for (const line of child.split("\n")) expect(result).toContain(line);
          text = result;
        }
        expect(edited(text, { kind: "revert-stages", stages: [stage] })).toBe(child);
      },
    ),
    { seed: 2602, numRuns: cases(25, 2000) },
  );
  expect(done).toBeGreaterThan(cases(15, 1000));
});

function whole(document: PipelineDocument): PipelineDocument {
  return withParent(document, parent);
}

function stageJson(document: PipelineDocument, id: string): JsonValue {
  const found = stageById(document, id);
  return found === undefined ? null : nodeToJson(found.node);
}

/** A value with another at a path, without a look at any text. */
function withAt(json: JsonValue, [first, ...rest]: readonly string[], put: JsonValue): JsonValue {
  if (first === undefined) return put;
  const entries = new Map(isObject(json) ? Object.entries(json) : []);
  entries.set(first, withAt(entries.get(first) ?? {}, rest, put));
  return Object.fromEntries(entries);
}

function isObject(json: JsonValue): json is { readonly [key: string]: JsonValue } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
