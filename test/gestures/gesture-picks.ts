import fc from "fast-check";
import {
  type CanvasEdit,
  copyStages,
  type JsonMembers,
  type JsonValue,
  type PipelineDocument,
  pipelineGraph,
} from "#core/pipeline";
import {
  armAt,
  at,
  edgeAt,
  idsOf,
  inheritedOf,
  marksOf,
  type Numbers,
  ownerAt,
  placeAt,
  some,
  stageAt,
} from "./choices.ts";

type Kind = CanvasEdit["kind"];

/** A gesture by numbers: which stages it is about depends on the file as it is then. */
export interface Pick extends Numbers {
  readonly kind: Kind | "undo" | "redo";
}

/** What gestures may be about: the file, and other files that they know of. */
export interface Scene {
  readonly document: PipelineDocument;
  /** Texts of called pipelines; those that were extracted come last. */
  readonly called: readonly string[];
  /** Clippings of other files. */
  readonly clippings: readonly JsonMembers[];
}

type Gesture<K extends Kind> = Extract<CanvasEdit, { readonly kind: K }>;

/** For each kind how a gesture of it is made; every kind is here, or it does not compile. */
const makers: { readonly [K in Kind]: (scene: Scene, pick: Pick) => Gesture<K> } = {
  "move-stages": ({ document }, { a, b, c, d }) => ({
    kind: "move-stages",
    moves: some([...idsOf(document), ...marksOf(document, "$note:")], a, b).map((stage, index) => ({
      stage,
      x: c * 7.5 - 40,
      y: d * 3 + index * 60,
    })),
  }),
  "set-stage-name": ({ document }, { a, b }) => ({
    kind: "set-stage-name",
    stage: stageAt(document, a),
    name: at(["", "New", 'q"\\\n', "é"], b),
  }),
  "delete-stages": ({ document }, { a, b, c }) => ({
    kind: "delete-stages",
    stages:
      c % 4 === 0
        ? some([...marksOf(document, "$"), ...inheritedOf(document), ...idsOf(document)], a, b)
        : some(idsOf(document), a, b),
  }),
  connect: ({ document }, { a, b }) => ({
    kind: "connect",
    from: stageAt(document, a),
    to: stageAt(document, b),
  }),
  disconnect: ({ document }, pick) => ({ kind: "disconnect", ...edgeAt(document, pick) }),
  "set-value": ({ document }, { a, b, c }) => {
    const stage = c % 4 === 0 ? null : stageAt(document, a);
    return {
      kind: "set-value",
      stage,
      path: at(stage === null ? TOP_PATHS : STAGE_PATHS, b),
      value: at(VALUES, c),
    };
  },
  "unset-value": ({ document }, { a, b, c }) => {
    const stage = c % 4 === 0 ? null : stageAt(document, a);
    return { kind: "unset-value", stage, path: at(stage === null ? TOP_PATHS : STAGE_PATHS, b) };
  },
  "set-stage-field": ({ document }, { a, b, c }) => {
    const [path, values] = at(FIELDS, b);
    return { kind: "set-stage-field", stage: stageAt(document, a), path, value: at(values, c) };
  },
  "add-stage": ({ document }, pick) => ({
    kind: "add-stage",
    componentType: at(["http_request", "logger", "foreach", "trycatch", "subpipeline"], pick.a + pick.b),
    id: pick.d % 3 === 0 ? null : `new_${pick.d}`,
    name: pick.d % 2 === 0 ? null : "N",
    config: at([{}, { message: 'é\n"' }, { list: [1, [], {}], o: { p: null } }], pick.c),
    position: pick.c % 2 === 0 ? null : { x: pick.a, y: pick.b },
    place: placeAt(document, pick),
  }),
  "rename-stage-id": ({ document }, { a, b }) => ({
    kind: "rename-stage-id",
    stage: stageAt(document, a),
    to: at([`new_${b}`, `n-${b}`, "item", "input", "a b", ...idsOf(document)], b),
  }),
  "set-enabled": ({ document }, { a, b, c }) => ({
    kind: "set-enabled",
    stages: some([...idsOf(document), ...inheritedOf(document)], a, b),
    state: c % 2 === 0 ? "on" : "off",
  }),
  // Refused: no parent is known here.
  "revert-stages": ({ document }, { a, b }) => ({
    kind: "revert-stages",
    stages: some([...inheritedOf(document), ...idsOf(document)], a, b),
  }),
  reconnect: ({ document }, pick) => ({
    kind: "reconnect",
    ...edgeAt(document, pick),
    end: pick.d % 2 === 0 ? "from" : "to",
    stage: stageAt(document, pick.b),
  }),
  "reorder-stage": ({ document }, { a, b, c }) => ({
    kind: "reorder-stage",
    stage: stageAt(document, a),
    before: c % 4 === 0 ? null : stageAt(document, b),
  }),
  "move-into": ({ document }, { a, b, c, d }) => {
    const owner = ownerAt(document, c);
    return { kind: "move-into", stages: some(idsOf(document), a, b % 2), ...armAt(document, owner, d) };
  },
  "take-out": ({ document }, { a, b, c }) => {
    const inside = pipelineGraph(document).nodes.flatMap(({ stage, owner }) =>
      owner === null ? [] : [stage.id],
    );
    return {
      kind: "take-out",
      stages: some(c % 5 === 0 || inside.length === 0 ? idsOf(document) : inside, a, b % 2),
    };
  },
  "drop-stages": ({ document }, { a, b, c, d }) => {
    const stages = some(idsOf(document), a, b % 2);
    return {
      kind: "drop-stages",
      stages,
      into: d % 4 === 0 ? null : armAt(document, ownerAt(document, c), d),
      moves: stages.map((stage, index) => ({ stage, x: c * 20, y: index * 80.5 })),
    };
  },
  "paste-stages": ({ document, clippings }, { a, b, c, d }) => ({
    kind: "paste-stages",
    clipping: d % 2 === 0 ? at(clippings, a) : copyStages(document, some(idsOf(document), a, b)),
    at: c % 2 === 0 ? null : { x: c * 10, y: -3.4 },
    into: d % 3 === 0 ? armAt(document, ownerAt(document, c), b) : null,
  }),
  "duplicate-stages": ({ document }, { a, b }) => ({
    kind: "duplicate-stages",
    stages: some(idsOf(document), a, b),
    by: { x: 40, y: 40 },
  }),
  "extract-subpipeline": ({ document }, { a, b, c, d }) => ({
    kind: "extract-subpipeline",
    stages: some(idsOf(document), a, b),
    name: `Part ${c}`,
    reference: `part-${c}`,
    id: d % 3 === 0 ? null : `part_${d}`,
  }),
  "inline-subpipeline": ({ document, called }, { a, b, c }) => {
    const calls = document.pipeline.stages.filter(({ componentType }) => componentType === "subpipeline");
    return {
      kind: "inline-subpipeline",
      stage: calls.length === 0 || c === 0 ? stageAt(document, a) : at(calls, a).id,
      pipeline: at(called.toReversed(), b),
    };
  },
  "add-note": (_, { a, b, c }) => ({
    kind: "add-note",
    text: at(["", "one", 'two\n"lines"'], a),
    position: { x: b, y: c + 0.5 },
    size: c % 2 === 0 ? null : { width: 200, height: 80.4 },
    color: at([null, "yellow"], b),
  }),
  "add-group": ({ document }, { a, b, c }) => ({
    kind: "add-group",
    title: at(["", "G"], c),
    stages: some(idsOf(document), a, b),
    color: at([null, "blue"], c),
  }),
  "set-layout": ({ document }, { a, b, c }) => {
    const [ids, fields] = at<readonly [readonly string[], readonly JsonMembers[]]>(
      [
        [idsOf(document), [{ color: "red" }, { color: null }]],
        [marksOf(document, "$note:"), [{ text: "other" }, { color: null }, { width: 90, height: 30 }]],
        [marksOf(document, "$group:"), [{ title: "T" }, { color: "green" }]],
      ],
      c,
    );
    return { kind: "set-layout", ids: some(ids, a, b), fields: at(fields, b) };
  },
};

/** Picks of all kinds, as often as the others; undo and redo a bit more often. */
export const arbitraryPicks: fc.Arbitrary<readonly Pick[]> = fc.array(
  fc.record({
    // Object.keys gives the names as text only.
    kind: fc.constantFrom<Pick["kind"]>(...(Object.keys(makers) as Kind[]), "undo", "undo", "redo"),
    a: fc.nat(11),
    b: fc.nat(11),
    c: fc.nat(11),
    d: fc.nat(11),
  }),
  { minLength: 1, maxLength: 12 },
);

/** The gesture that a pick comes to in a scene. */
export function gestureOf(scene: Scene, pick: Pick & { readonly kind: Kind }): CanvasEdit {
  return makers[pick.kind](scene, pick);
}

const STAGE_PATHS = [
  ["custom"],
  ["metadata", "owner", "team"],
  ["config", "message"],
  ["config", "deep", "er"],
  ["config", "deep", "er", "1"],
  ["config", "__proto__"],
];
const TOP_PATHS = [["description"], ["tags"], ["x-owner", "team"], ["metadata", "a", "b"], ["input_schema"]];
const VALUES: readonly JsonValue[] = [
  ...["x", 'q"\n', 2, true, null, [], {}],
  ...[["a", { b: 1 }], { deep: { er: [1] } }, "{{ input.y }}", "é", 0.5],
];
const FIELDS: readonly (readonly [readonly string[], readonly JsonValue[]])[] = [
  [["timeout"], ["5s", 3, null]],
  [["retry"], [2, { max_retries: 1 }, null]],
  [["on_error"], ["continue", null]],
  [["model"], ["m", null]],
  [["temperature"], [0.5, null]],
  [["when"], ["input.x > 1", null]],
  [["description"], ["says", null]],
];
