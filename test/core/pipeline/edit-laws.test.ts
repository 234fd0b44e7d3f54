import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyTextEdits,
  type CanvasEdit,
  editPipeline,
  type JsonValue,
  type PipelineDocument,
  parsePipeline,
  stageById,
  stageSpan,
  type TextEdit,
} from "#core/pipeline";
import { arbitraryPipeline, writeWildly } from "../../support/arbitrary-pipeline.ts";
import { documentJson } from "../../support/document-json.ts";
import { cases } from "../../support/soak.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- the oracle rewrites JSON of any shape
type Loose = any;

/** The gestures that these laws are about; the others have laws of their own in `edits/`. */
type Gesture = Extract<
  CanvasEdit,
  {
    readonly kind:
      | "move-stages"
      | "set-stage-name"
      | "delete-stages"
      | "connect"
      | "disconnect"
      | "set-value"
      | "unset-value";
  }
>;

const stage = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "b/inner", "b/last");
const valuePath = fc.constantFrom(
  ["notes"],
  ["custom"],
  ["config", "prompt"],
  ["config", "__proto__"],
  ["extra", "model"],
  ["custom", "deep", "0"],
  ["config", "data", "1", "k"],
);
const arbitraryEdit: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({
    kind: fc.constant("move-stages" as const),
    moves: fc.array(
      fc.record({ stage, x: fc.integer({ min: -50, max: 900 }), y: fc.integer({ min: -50, max: 900 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  }),
  fc.record({
    kind: fc.constant("set-stage-name" as const),
    stage,
    name: fc.constantFrom("", "New", 'q"\n', "é"),
  }),
  fc.record({
    kind: fc.constant("delete-stages" as const),
    stages: fc.array(stage, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("connect" as const), from: stage, to: stage }),
  fc.record({ kind: fc.constant("disconnect" as const), from: stage, to: stage }),
  fc.record({
    kind: fc.constant("set-value" as const),
    stage: fc.option(stage),
    path: valuePath,
    value: fc.constantFrom<JsonValue>("x", 'q"\n', 2, true, null, [], {}, ["a", { b: 1 }], {
      deep: { er: [1] },
    }),
  }),
  fc.record({ kind: fc.constant("unset-value" as const), stage: fc.option(stage), path: valuePath }),
);

/** What the gesture means for the JSON, written without a look at any text. */
function expected(before: Loose, edit: Gesture): Loose {
  const json: Loose = structuredClone(before);
  switch (edit.kind) {
    case "move-stages":
      for (const { stage: id, x, y } of edit.moves) {
        const target = stageJson(json, id);
        const known = target.position ?? json.layout?.[id] ?? {};
        const moved = { ...known, x, y };
        if (target.position) target.position = moved;
        else json.layout = { ...json.layout, [id]: moved };
      }
      return json;
    case "set-stage-name":
      if (edit.name === "") delete stageJson(json, edit.stage).name;
      else stageJson(json, edit.stage).name = edit.name;
      return json;
    case "connect": {
      const target = stageJson(json, edit.to);
      target.depends_on = [...(target.depends_on ?? []), edit.from.replace(/^b\//, "")];
      return json;
    }
    case "disconnect": {
      const names = stageJson(json, edit.to).depends_on ?? [];
      if (names.includes(edit.from.replace(/^b\//, "")))
        dropMentions(stageJson(json, edit.to), "depends_on", [edit.from]);
      else dropArms(stageJson(json, edit.from), [edit.to]);
      return json;
    }
    case "delete-stages": {
      const gone = edit.stages.flatMap((id) => (id === "b" ? ["b", "b/inner", "b/last"] : [id]));
      if (Array.isArray(json.stages)) {
        json.stages = json.stages.filter(({ id }: Loose) => !gone.includes(id));
      } else {
        for (const id of gone.toReversed()) {
          if (id.includes("/")) delete json.stages.b?.loop_stages?.[id.slice(2)];
          else delete json.stages[id];
        }
      }
      for (const each of allStages(json)) {
        dropMentions(each, "depends_on", gone);
        dropArms(each, gone);
      }
      const inLoop = gone.filter((id) => id.includes("/")).map((id) => id.slice(2));
      const body = Array.isArray(json.stages) ? {} : (json.stages.b?.loop_stages ?? {});
      for (const each of Object.values(body)) dropMentions(each, "depends_on", [...gone, ...inLoop]);
      if (gone.includes(json.output_stage_id)) delete json.output_stage_id;
      if (json.layout && Object.keys(json.layout).length > 0) {
        for (const id of gone) delete json.layout[id];
        if (Object.keys(json.layout).length === 0) delete json.layout;
      }
      return json;
    }
    case "set-value":
    case "unset-value": {
      const { stage: id, path } = edit;
      const start = id === null ? json : stageJson(json, id);
      const objects = [start];
      for (const key of path.slice(0, -1)) {
        const at = objects.at(-1);
        if (edit.kind === "unset-value" && (at === null || !Object.hasOwn(at, key))) return json;
        if (edit.kind === "set-value" && (at[key] ?? null) === null) put(at, key, {});
        objects.push(at[key]);
      }
      const last = path.at(-1) ?? "";
      if (edit.kind === "set-value") {
        put(objects.at(-1), last, edit.value);
        return json;
      }
      for (let depth = path.length - 1; depth >= 0; depth -= 1) {
        delete objects[depth][path[depth] ?? ""];
        const isInputs = depth === 1 && path[0] === "config";
        if (depth === 0 || isInputs || Object.keys(objects[depth]).length > 0) break;
      }
      return json;
    }
  }
}

/** An assignment to `__proto__` would set the prototype. */
function put(object: Loose, key: string, value: Loose): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function stageJson(json: Loose, id: string): Loose {
  if (Array.isArray(json.stages)) return json.stages.find((each: Loose) => each.id === id);
  return id.includes("/") ? json.stages.b.loop_stages[id.slice(2)] : json.stages[id];
}

function allStages(json: Loose): readonly Loose[] {
  return Array.isArray(json.stages) ? json.stages : Object.values(json.stages);
}

function dropMentions(target: Loose, key: string, ids: readonly string[]): void {
  if (target[key])
    target[key] = target[key].filter((id: string) => !ids.includes(id) && !ids.includes(`b/${id}`));
}

function dropArms(target: Loose, ids: readonly string[]): void {
  if (Array.isArray(target.config?.loop_stages)) dropMentions(target.config, "loop_stages", ids);
}

function apply(document: PipelineDocument, edits: readonly TextEdit[]): PipelineDocument {
  return parsePipeline(applyTextEdits(document.text, edits), document, edits);
}

/** Checks each gesture that is not refused against the oracle; returns how many there were. */
function followGestures(text: string, gestures: readonly Gesture[]): number {
  let accepted = 0;
  let document = parsePipeline(text);
  for (const gesture of gestures) {
    const result = editPipeline(document, gesture);
    if (!result.ok) continue;
    accepted += 1;
    const after = apply(document, result.edits);
    expect(after.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(documentJson(after)).toEqual(expected(documentJson(document), gesture));
    document = after;
  }
  return accepted;
}

const arbitraryEdits = fc.array(arbitraryEdit, { minLength: 1, maxLength: 5 });

test("CE-02 the text after a gesture means what the gesture means", () => {
  let accepted = 0;
  fc.assert(
    fc.property(arbitraryPipeline, arbitraryEdits, ({ text }, gestures) => {
      accepted += followGestures(text, gestures);
    }),
    { seed: 21, numRuns: cases(700, 10_000) },
  );
  expect(accepted).toBeGreaterThan(350);
});

test("CE-02 and so it does however oddly the file is written", () => {
  const trivia = fc.array(fc.constantFrom("", "", " ", "\n", "\r\n  ", "/* a, ] */", " // }\n", "\t"), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      arbitraryPipeline,
      trivia,
      fc.boolean(),
      arbitraryEdits,
      ({ json }, odd, trailing, gestures) => {
        followGestures(writeWildly(json, odd, trailing), gestures);
      },
    ),
    { seed: 24, numRuns: cases(700, 10_000) },
  );
});

test("CE-02 a gesture touches only what it is about", () => {
  fc.assert(
    fc.property(arbitraryPipeline, arbitraryEdit, ({ text }, gesture) => {
      const document = parsePipeline(text);
      const result = editPipeline(document, gesture);
      if (!result.ok) return;
      const after = applyTextEdits(text, result.edits);
      for (const each of document.pipeline.stages) {
        if (each.nestedIn !== null || isAbout(gesture, each.id)) continue;
        const { start, end } = stageSpan(document, each);
        expect(after).toContain(text.slice(start, end));
      }
      expect(after.split("\n").every((line) => line.endsWith("\r"))).toBe(
        text.split("\n").every((line) => line.endsWith("\r")),
      );
      // The comment behind something that is removed goes with its line.
      if (!["delete-stages", "disconnect", "set-value", "unset-value"].includes(gesture.kind))
        expect(after.split("//").length).toBe(text.split("//").length);
      const added = after.split("\n").length - text.split("\n").length;
      expect(added).toBeLessThanOrEqual(gesture.kind === "move-stages" ? gesture.moves.length + 2 : 5);
    }),
    { seed: 22, numRuns: cases(700, 10_000) },
  );

  function isAbout(gesture: Gesture, id: string): boolean {
    switch (gesture.kind) {
      case "move-stages":
        return gesture.moves.some((move) => move.stage.split("/")[0] === id);
      case "set-stage-name":
        return gesture.stage.split("/")[0] === id;
      case "connect":
        return gesture.to.split("/")[0] === id;
      case "disconnect":
        return gesture.to.split("/")[0] === id || gesture.from === id;
      case "set-value":
      case "unset-value":
        return gesture.stage?.split("/")[0] === id;
      case "delete-stages":
        return true;
    }
  }
});

test("CE-02 a gesture and its opposite give the same meaning", () => {
  fc.assert(
    fc.property(arbitraryPipeline, arbitraryEdit, ({ text }, gesture) => {
      const document = parsePipeline(text);
      const opposite = oppositeOf(document, gesture);
      const result = editPipeline(document, gesture);
      if (!result.ok || result.edits.length === 0 || opposite === null) return;
      const there = apply(document, result.edits);
      const back = editPipeline(there, opposite);
      if (!back.ok) throw new Error(back.message);
      expect(withoutEmptyLists(documentJson(apply(there, back.edits)))).toEqual(
        withoutEmptyLists(documentJson(document)),
      );
    }),
    { seed: 23, numRuns: cases(500, 10_000) },
  );

  function oppositeOf(document: PipelineDocument, gesture: Gesture): Gesture | null {
    switch (gesture.kind) {
      case "set-stage-name":
        return { ...gesture, name: stageById(document, gesture.stage)?.name?.value ?? "" };
      case "connect":
        return { ...gesture, kind: "disconnect" };
      case "move-stages": {
        const moves = gesture.moves.map(({ stage: id }) => ({
          stage: id,
          ...stageById(document, id)?.position?.value,
        }));
        const known = moves.filter(
          (move): move is { stage: string; x: number; y: number } => move.x !== undefined,
        );
        return known.length === gesture.moves.length ? { ...gesture, moves: known } : null;
      }
      case "delete-stages":
      case "disconnect":
      case "set-value":
      case "unset-value":
        return null;
    }
  }

  /** `depends_on: []` says what no `depends_on` says. */
  function withoutEmptyLists(json: Loose): Loose {
    return JSON.parse(JSON.stringify(json), (key, value) =>
      key === "depends_on" && value.length === 0 ? undefined : value,
    );
  }
});
