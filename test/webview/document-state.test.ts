import { describe, expect, test } from "vitest";
import { applyTextEdits, editPipeline, parsePipeline } from "#core/pipeline";
import {
  acceptPending,
  addPending,
  changeDocument,
  type DocumentState,
  dropPending,
  openDocument,
} from "../../webview/model/document-state.ts";
import { threeStages } from "./pipelines.ts";

const rename = { kind: "set-stage-name", stage: "shape", name: "Bend it" } as const;

function titleOf(state: DocumentState | null, key: string): string | undefined {
  const item = state?.graph.items.get(key);
  return item?.kind === "stage" ? item.card.title : undefined;
}

function typed(state: DocumentState, text: string): DocumentState {
  const next = changeDocument(state, {
    baseVersion: state.version,
    version: state.version + 1,
    change: { kind: "text", text },
  });
  if (next === null) throw new Error("The change was not taken.");
  return next;
}

describe("gestures ahead of the text", () => {
  const opened = openDocument(1, threeStages, null);

  test("a gesture is shown before the text has it", () => {
    const state = addPending(opened, 1, rename);
    expect(titleOf(state, "shape")).toBe("Bend it");
    expect(state.confirmed.text).toBe(threeStages);
  });

  test("a refused one is taken back", () => {
    expect(titleOf(dropPending(addPending(opened, 1, rename), 1), "shape")).toBe("Shape it");
  });

  test("an accepted one stays shown until the text has changed, and then only the text counts", () => {
    const accepted = acceptPending(addPending(opened, 1, rename), 1);
    expect(titleOf(accepted, "shape")).toBe("Bend it");
    const result = editPipeline(opened.confirmed, rename);
    if (!result.ok) throw new Error(result.message);
    const edits = result.edits;
    const written = changeDocument(accepted, {
      baseVersion: 1,
      version: 2,
      change: { kind: "edits", edits },
    });
    expect(titleOf(written, "shape")).toBe("Bend it");
    expect(written?.pending).toEqual([]);
    expect(written?.confirmed.text).toBe(applyTextEdits(threeStages, edits));
  });

  test("a change by someone else does not hide a gesture that is still on its way", () => {
    const state = typed(addPending(opened, 1, rename), threeStages.replace("example.com", "example.org"));
    expect(titleOf(state, "shape")).toBe("Bend it");
    expect(state.shown.text).toContain("example.org");
  });

  test("one that adds a stage is shown once, though the text has it before the answer comes", () => {
    const place = { kind: "free" } as const;
    const gesture = {
      kind: "add-stage",
      componentType: "logger",
      id: null,
      name: null,
      position: null,
    } as const;
    const add = { ...gesture, config: {}, place };
    const result = editPipeline(opened.confirmed, add);
    if (!result.ok) throw new Error(result.message);
    const state = typed(addPending(opened, 1, add), applyTextEdits(threeStages, result.edits));
    expect([...state.graph.keyOf.keys()]).toEqual(["fetch", "shape", "tell", "logger"]);
    expect(acceptPending(state, 1).graph.items.size).toBe(4);
  });

  test("two gestures on their way are both shown", () => {
    const state = addPending(addPending(opened, 1, rename), 2, { kind: "delete-stages", stages: ["tell"] });
    expect(titleOf(state, "shape")).toBe("Bend it");
    expect(state.graph.items.has("tell")).toBe(false);
  });
});

describe("following the text", () => {
  const opened = openDocument(1, threeStages, null);

  test("a change that does not follow on asks for everything again", () => {
    const change = { kind: "edits", edits: [{ offset: 0, length: 0, text: " " }] } as const;
    expect(changeDocument(opened, { baseVersion: 7, version: 8, change })).toBeNull();
  });

  test("a change that is older than what is known is left out", () => {
    const change = { kind: "text", text: "{}" } as const;
    expect(changeDocument(opened, { baseVersion: 0, version: 1, change })).toBe(opened);
  });

  test("CE-05 broken text keeps the last good graph and says where; mended text is shown again", () => {
    const broken = typed(opened, threeStages.replace('"name": "Shape it",', '"name": "Shape it'));
    expect(broken.graph).toBe(opened.graph);
    expect(broken.broken?.line0).toBe(threeStages.split("\n").findIndex((line) => line.includes("Shape it")));
    const mended = typed(broken, threeStages.replace("Shape it", "Mended"));
    expect(mended.broken).toBeNull();
    expect(titleOf(mended, "shape")).toBe("Mended");
  });

  test("CE-05 a text that is broken when it is opened shows what can be read", () => {
    const state = openDocument(1, threeStages.slice(0, threeStages.indexOf('"tell"')), null);
    expect(state.broken).not.toBeNull();
    expect(titleOf(state, "fetch")).toBe("fetch");
    expect(parsePipeline(state.confirmed.text).broken).toBe(true);
  });
});
