import { describe, expect, test } from "vitest";
import {
  applyTextEdits,
  type PipelineDocument,
  parsePipeline,
  stageById,
  stageSpan,
  type TextEdit,
} from "#core/pipeline";
import { followStage, type ReadChange, type StageRef, sameLogic } from "#extension";

const stage = (id: string, message = id): string =>
  `    { "id": "${id}", "component_type": "logger", "config": { "message": "${message}" } }`;
const file = (...stages: readonly string[]): string =>
  `{\n  "id": "p",\n  "stages": [\n${stages.join(",\n")}\n  ]\n}\n`;

function change(text: string, ...edits: readonly TextEdit[]): ReadChange {
  const before = parsePipeline(text);
  return { before, after: parsePipeline(applyTextEdits(text, edits), before, edits), edits };
}

/** The edit that replaces the first `from` in the text. */
function replacing(text: string, from: string, to: string): TextEdit {
  const offset = text.indexOf(from);
  if (offset < 0) throw new Error(`no ${from} in the text`);
  return { offset, length: from.length, text: to };
}

const rewriting = (before: string, after: string): ReadChange =>
  change(before, { offset: 0, length: before.length, text: after });

function refOf(document: PipelineDocument, id: string): StageRef {
  const found = stageById(document, id);
  if (found === undefined) throw new Error(`no stage ${id}`);
  return { id, start: stageSpan(document, found).start };
}

/** The id under which the stage is found after the change. */
function idAfter(edited: ReadChange, id: string): string | null | undefined {
  return followStage(edited, refOf(edited.before, id))?.id;
}

const abc = file(stage("a"), stage("b"), stage("c"));

describe("followStage", () => {
  test("DB-02 keeps a stage when others are written above it", () => {
    const edited = change(abc, replacing(abc, stage("a"), `${stage("z")},\n${stage("a")}`));
    expect(idAfter(edited, "b")).toBe("b");
  });

  test("DB-02 follows the id of a stage while it is typed, even past the id of another", () => {
    let text = file(stage("a"), stage("b"));
    let ref: StageRef | undefined = refOf(parsePipeline(text), "b");
    for (const [typed, next] of [
      ["b", "a"],
      ["a", ""],
      ["", "a"],
      ["a", "ab"],
    ] as const) {
      const offset = text.lastIndexOf('"id": "') + '"id": "'.length;
      const edited = change(text, { offset, length: typed.length, text: next });
      if (ref !== undefined) ref = followStage(edited, ref);
      text = edited.after.text;
    }
    expect(ref).toEqual({ id: "ab", start: text.lastIndexOf('{ "id"') });
    expect(text).toBe(
      file(stage("a"), '    { "id": "ab", "component_type": "logger", "config": { "message": "b" } }'),
    );
  });

  test("DB-02 knows a stage that was moved by its id", () => {
    expect(idAfter(rewriting(abc, file(stage("c"), stage("b"), stage("a"))), "a")).toBe("a");
  });

  test("DB-02 knows a stage renamed in a rewritten text by its place", () => {
    expect(idAfter(rewriting(abc, file(stage("a"), stage("new"), stage("c"))), "b")).toBe("new");
  });

  test("DB-02 keeps a stage through text that is broken for a while", () => {
    const opened = change(abc, { offset: abc.indexOf('"id": "b"'), length: 0, text: '"x": ' });
    expect(opened.after.broken).toBe(true);
    const kept = followStage(opened, refOf(opened.before, "b"));
    const mended = change(opened.after.text, replacing(opened.after.text, '"x": "id": "b"', '"id": "bee"'));
    expect(mended.after.broken).toBe(false);
    expect(kept && followStage(mended, kept)?.id).toBe("bee");
  });

  test("DB-02 is not misled by a difference that begins inside one stage and ends inside the next", () => {
    const removed = change(
      abc,
      replacing(abc, abc.slice(abc.indexOf('"id": "b"'), abc.indexOf('"id": "c"')), ""),
    );
    expect(removed.after.text).toBe(file(stage("a"), stage("c")));
    expect(idAfter(removed, "b")).toBeUndefined();
    expect(idAfter(removed, "c")).toBe("c");
    const added = change(removed.after.text, {
      offset: removed.after.text.indexOf('"id": "c"'),
      length: 0,
      text: abc.slice(abc.indexOf('"id": "b"'), abc.indexOf('"id": "c"')),
    });
    expect(added.after.text).toBe(abc);
    expect(idAfter(added, "c")).toBe("c");
  });

  test("DB-02 does not take a neighbour for a deleted stage", () => {
    expect(idAfter(change(abc, replacing(abc, `${stage("b")},\n`, "")), "b")).toBeUndefined();
    expect(idAfter(rewriting(abc, file(stage("a"), stage("c"))), "b")).toBeUndefined();
    expect(idAfter(rewriting(abc, file(stage("a"), stage("c"), stage("d"))), "b")).toBeUndefined();
  });

  test("DB-02 finds a stage again that was cut and pasted", () => {
    const cut = change(abc, replacing(abc, `${stage("b")},\n`, ""));
    expect(idAfter(cut, "b")).toBeUndefined();
    // What a breakpoint remembers of a stage that is away: its id.
    const pasted = change(
      cut.after.text,
      replacing(cut.after.text, stage("c"), `${stage("c")},\n${stage("b")}`),
    );
    expect(followStage(pasted, { id: "b", start: null })?.id).toBe("b");
  });
});

describe("sameLogic", () => {
  const same = (before: string, after: string): boolean => {
    const { before: old, after: now } = rewriting(before, after);
    return sameLogic(old, now);
  };

  test("holds for a moved stage, inline or in the layout, and for white space", () => {
    const inline = abc.replace('{ "id": "a"', '{ "position": { "x": 1, "y": 2 }, "id": "a"');
    expect(same(abc, inline)).toBe(true);
    expect(same(inline, inline.replace('"x": 1', '"x": 9'))).toBe(true);
    expect(same(abc, abc.replace('"id": "p",', '"id": "p",\n  "layout": { "a": { "x": 1, "y": 2 } },'))).toBe(
      true,
    );
    expect(same(abc, abc.replaceAll("\n", "\n\n"))).toBe(true);
  });

  test.each([
    ["a changed config", abc, file(stage("a"), stage("b", "B"), stage("c"))],
    ["a renamed stage", abc, file(stage("a"), stage("z", "b"), stage("c"))],
    ["one stage less", abc, file(stage("a"), stage("b"))],
    ["another order", abc, file(stage("b"), stage("a"), stage("c"))],
    ["another default input", abc, abc.replace('"id": "p",', '"id": "p", "sample_input": { "n": 1 },')],
    ["broken text", abc, abc.slice(0, -20)],
  ])("does not hold for %s", (_, before, after) => {
    expect(same(before, after)).toBe(false);
  });
});
