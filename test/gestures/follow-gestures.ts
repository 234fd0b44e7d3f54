import { expect } from "vitest";
import {
  applyTextEdits,
  type CanvasEdit,
  editPipeline,
  extractSubpipeline,
  type PipelineDocument,
  parsePipeline,
} from "#core/pipeline";
import { canvasEditRequest } from "#protocol";
import type { GestureFile } from "./arbitrary-file.ts";
import { type Editor, openEditor } from "./editor.ts";
import { expectedModel } from "./expected-model.ts";
import { ownId } from "./expected-moves.ts";
import { fileModel } from "./file-model.ts";
import { gestureOf, type Pick } from "./gesture-picks.ts";
import type { Surroundings } from "./surroundings.ts";
import { checkNames, checkText, checkUntouched } from "./text-laws.ts";

/** How often each kind of gesture was done or refused. */
export type Tally = Map<string, { done: number; refused: number }>;

/**
 * Makes gestures one after another and checks each: the text, the model, and after all of them that undo comes back to
 * the first byte and redo to the last. What fails tells the gestures that led to it.
 */
export function followGestures(
  file: GestureFile,
  picks: readonly Pick[],
  around: Surroundings,
  tally: Tally,
): void {
  const editor = openEditor(file.text);
  const called = [...around.called];
  const made: string[] = [];
  try {
    for (const pick of picks) {
      const { kind } = pick;
      if (kind === "undo" || kind === "redo") {
        made.push(kind);
        editor[kind]();
        continue;
      }
      const scene = { document: editor.document(), called, clippings: around.clippings };
      // What comes from the canvas is a message.
      const gesture = received(gestureOf(scene, { ...pick, kind }));
      made.push(JSON.stringify(gesture));
      if (gesture.kind === "extract-subpipeline") {
        const result = extractSubpipeline(scene.document, gesture);
        if (result.ok) called.push(result.file);
      }
      const count = tally.get(kind) ?? { done: 0, refused: 0 };
      tally.set(kind, count);
      if (makeGesture(editor, gesture)) count.done += 1;
      else count.refused += 1;
    }
    checkUndo(editor, file.text);
  } catch (error) {
    const text = editor.document().text;
    const story = [`${file.from}:`, file.text, "gestures:", ...made, "the text is now:", text].join("\n");
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\nIn ${story}`, {
      cause: error,
    });
  }
}

/** One gesture with its laws; false when it is refused. */
function makeGesture(editor: Editor, gesture: CanvasEdit): boolean {
  const before = editor.document();
  const result = editPipeline(before, gesture);
  if (!result.ok) {
    expect(result.message).toMatch(/\w.*[.?]$/s);
    return false;
  }
  editor.apply(result.edits);
  const after = editor.document();
  checkText(before, gesture, result.edits, after);
  checkUntouched(before, after);
  if (gesture.kind !== "set-value") checkNames(before, after);
  const now = fileModel(after);
  expect(now).toEqual(expectedModel(fileModel(before), gesture, now));
  if (gesture.kind === "extract-subpipeline") checkInlined(before, gesture, after);
  return true;
}

/** What was extracted says the same when it is inlined again. */
function checkInlined(
  before: PipelineDocument,
  gesture: Extract<CanvasEdit, { kind: "extract-subpipeline" }>,
  after: PipelineDocument,
): void {
  const made = extractSubpipeline(before, gesture);
  const stage = after.pipeline.stages.find(({ id }) => !before.tree.identities.byId.has(id))?.id;
  if (!made.ok || stage === undefined) throw new Error("Nothing was extracted.");
  const part = parsePipeline(made.file);
  expect([part.broken, part.problems.filter(({ severity }) => severity === "error")]).toEqual([false, []]);
  const back = editPipeline(after, { kind: "inline-subpipeline", stage, pipeline: made.file });
  if (!back.ok) throw new Error(`What was extracted cannot be inlined: ${back.message}`);
  const was = fileModel(before);
  const is = fileModel(parsePipeline(applyTextEdits(after.text, back.edits)));
  // They come back one behind the other, also in a body where others were between them.
  for (const { arms } of [...is.stages.values(), ...was.stages.values()])
    for (const members of arms.values()) members.sort();
  // A name that hides another around it comes back with a number.
  const names = before.pipeline.stages.map(({ id }) => ownId(id));
  if (new Set(names).size < names.length) return;
  expect(is.stages).toEqual(was.stages);
  expect(is.rest).toEqual(was.rest);
  expect(is.places).toEqual(was.places);
  expect(is.colors).toEqual(was.colors);
}

function checkUndo(editor: Editor, first: string): void {
  while (editor.redo());
  const last = editor.document().text;
  while (editor.undo());
  expect(editor.document().text).toBe(first);
  while (editor.redo());
  expect(editor.document().text).toBe(last);
}

/** What the extension gets when the canvas sends a gesture. */
function received(edit: CanvasEdit): CanvasEdit {
  return canvasEditRequest.params.parse(JSON.parse(JSON.stringify({ baseVersion: 1, edit }))).edit;
}
