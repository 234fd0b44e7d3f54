import { describe, expect, test } from "vitest";
import { type CanvasEdit, copyStages, editPipeline, type JsonValue, parsePipeline } from "#core/pipeline";
import { edited, refusalOf } from "../../../support/edit-text.ts";

const logger = (id: string, more: object = {}): object => ({ id, component_type: "logger", ...more });
const written = (stages: readonly object[]): string => JSON.stringify({ stages }, null, 2);

describe("CE-02 what cannot be written is refused, and the text stays as it can be read", () => {
  const file = written([logger("a", { config: { list: [1] } })]);
  const set = (value: unknown): CanvasEdit => ({
    kind: "set-value",
    stage: "a",
    path: ["config", "list"],
    // What a page sends is checked for its shape only.
    value: value as JsonValue,
  });
  const nested = (depth: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { in: value };
    return value;
  };

  test.each([
    ["undefined", undefined],
    ["undefined inside", { a: [undefined] }],
    ["NaN", Number.NaN],
    ["Infinity", [Number.POSITIVE_INFINITY]],
    ["a function", () => 1],
    ["a bigint", 1n],
  ])("%s", (_, value) => {
    expect(refusalOf(file, set(value))).toMatch(/cannot be written in JSON/);
  });

  test.each([198, 250, 100_000])("a value nested %i deep", (depth) => {
    expect(refusalOf(file, set(nested(depth)))).toMatch(/nested 200 deep/);
    const add: CanvasEdit = {
      kind: "add-stage",
      componentType: "logger",
      id: "b",
      name: null,
      config: { deep: nested(depth) as JsonValue },
      position: null,
      place: { kind: "free" },
    };
    expect(refusalOf(file, add)).toMatch(/nested 200 deep/);
  });

  test("a value nested as deep as is read", () => {
    const after = edited(file, set(nested(190)));
    expect(parsePipeline(after).broken).toBe(false);
  });
});

describe("CE-02 an id with a / in it, which no stage may have", () => {
  const file = written([
    logger("z"),
    logger("a/b", { depends_on: ["z"] }),
    logger("c", { depends_on: ["a/b"], config: { message: "{{ upstream['a/b'].x }}" } }),
  ]);

  test("is given up for a good one, wherever it is named", () => {
    const after = edited(file, { kind: "rename-stage-id", stage: "a/b", to: "good" });
    expect(after).toBe(file.replaceAll("a/b", "good"));
  });

  test.each<CanvasEdit>([
    { kind: "extract-subpipeline", stages: ["c"], name: "P", reference: "p", id: null },
    { kind: "duplicate-stages", stages: ["a/b", "c"], by: { x: 1, y: 1 } },
    { kind: "take-out", stages: ["c"] },
    { kind: "move-into", stages: ["c"], owner: "z", arm: "loop" },
  ])("is not taken for a path: $kind", (edit) => {
    expect(refusalOf(file, edit)).toMatch(/The id "a\/b" has a "\/" in it/);
  });
});

const cpuOf = (task: () => void): number => {
  const start = process.cpuUsage();
  task();
  return process.cpuUsage(start).user;
};

test("CE-13 half of very many stages are deleted in about the time that it takes to read them", () => {
  const ids = Array.from({ length: 12_000 }, (_, index) => `s${index}`);
  const text = written(ids.map((id) => logger(id)));
  const stages = ids.filter((_, index) => index % 2 === 1);
  const document = parsePipeline(text);
  const rounds = [1, 2].map(() => ({
    reading: cpuOf(() => void parsePipeline(text)),
    deleting: cpuOf(() => expect(editPipeline(document, { kind: "delete-stages", stages }).ok).toBe(true)),
  }));
  // To look at all others for each would take hundreds of readings; a machine that does much else doubles a time.
  expect(Math.min(...rounds.map(({ reading, deleting }) => deleting / reading))).toBeLessThan(5);
});

test("CE-13 very many stages are disabled and pasted in some readings of the text, not in one for each", () => {
  const stages = Array.from({ length: 3_000 }, (_, index) => `s${index}`);
  const text = written(stages.map((id) => logger(id)));
  const document = parsePipeline(text);
  const paste = {
    kind: "paste-stages",
    clipping: copyStages(document, stages),
    at: { x: 0, y: 0 },
    into: null,
  } as const;
  const reading = cpuOf(() => void parsePipeline(text));
  const disabling = cpuOf(() =>
    expect(editPipeline(document, { kind: "set-enabled", stages, state: "off" }).ok).toBe(true),
  );
  const pasting = cpuOf(() => expect(editPipeline(document, paste).ok).toBe(true));
  expect(disabling / reading).toBeLessThan(100);
  expect(pasting / reading).toBeLessThan(300);
});
