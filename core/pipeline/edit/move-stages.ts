import { stageById, unitStart } from "../document/locate.ts";
import type { JsonNode } from "../json-node.ts";
import type { Field, PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import type { TextEdit } from "../text-edit.ts";
import { replaceSpan } from "./edit-properties.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { elementsOf } from "./element-list.ts";
import { type Insertion, insertElements } from "./insert-elements.ts";
import { type WritingStyle, writeInlineObject, writeProperty, writingStyleOf } from "./writing-style.ts";

interface Move {
  readonly stage: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Moves stages: where a stage has a `position` its numbers change, else its line in the top-level `layout`, which
 * is added, sorted by id. Notes and groups (`$note:1`) and stages of a parent pipeline have their place in `layout`.
 */
export function moveStages(document: PipelineDocument, moves: readonly Move[]): EditResult {
  const style = writingStyleOf(document);
  const edits: TextEdit[] = [];
  const forLayout: Move[] = [];
  const last = new Map(moves.map((move) => [move.stage, roundedMove(move)]));
  for (const move of last.values()) {
    if (!Number.isFinite(move.x) || !Number.isFinite(move.y))
      return refuse("A position must be two finite numbers.");
    const stage = stageById(document, move.stage);
    if (stage === undefined && document.pipeline.extends === null && !move.stage.startsWith("$")) {
      return refuse(`There is no stage "${move.stage}" in this file.`);
    }
    const position = stage === undefined ? undefined : fieldNamed(stage.fields, "position");
    if (stage === undefined || position === undefined) forLayout.push(move);
    else edits.push(...movedPosition(document.text, position.value, unitStart(document, stage), move, style));
  }
  const layout = fieldNamed(document.pipeline.fields, "layout");
  if (forLayout.length > 0 && layout !== undefined && layout.value.kind !== "object") {
    return refuse('"layout" must be an object in { }. Mend it in the text first.');
  }
  return done([...edits, ...layoutEdits(document, forLayout, style)]);
}

function roundedMove({ stage, x, y }: Move): Move {
  return { stage, x: Math.round(x), y: Math.round(y) };
}

/** Changes only the numbers that change; `100.0` stays when it means the same. */
function movedPosition(
  text: string,
  node: JsonNode,
  base: number,
  move: Move,
  style: WritingStyle,
): readonly TextEdit[] {
  if (node.kind !== "object") return [replaceSpan(node.span, base, writePosition(move, style))];
  const edits: TextEdit[] = [];
  const missing: Insertion[] = [];
  for (const axis of ["x", "y"] as const) {
    const value = fieldNamed(node.properties, axis)?.value;
    if (value === undefined) {
      const after = node.properties.findLastIndex(({ key }) => key === "x");
      const write = (): string => writeProperty(style, axis, numberText(move[axis]));
      missing.push({ after: after < 0 ? node.properties.length - 1 : after, write });
    } else if (value.kind !== "number" || value.value !== move[axis]) {
      edits.push(replaceSpan(value.span, base, numberText(move[axis])));
    }
  }
  return [...edits, ...insertElements(text, elementsOf(node, base), missing, style, "inline")];
}

function layoutEdits(
  document: PipelineDocument,
  moves: readonly Move[],
  style: WritingStyle,
): readonly TextEdit[] {
  if (moves.length === 0) return [];
  const { text, pipeline, tree } = document;
  const layout = fieldNamed(pipeline.fields, "layout");
  if (layout?.value.kind === "object") return layoutLines(text, layout.value, moves, style);
  if (tree.root === null) return [];
  const root = { span: tree.root, elements: tree.properties.map(({ span }) => span) };
  const write = (indent: string): string => {
    const lines = moves
      .toSorted((a, b) => byId(a.stage, b.stage))
      .map((move) => writeProperty(style, move.stage, writePosition(move, style)));
    if (!style.lines)
      return writeProperty(style, "layout", `{${style.gap}${lines.join(`,${style.gap}`)}${style.gap}}`);
    const inner = style.eol + indent + style.indent;
    return writeProperty(style, "layout", `{${inner}${lines.join(`,${inner}`)}${style.eol}${indent}}`);
  };
  const insertion = { after: root.elements.length - 1, write };
  return insertElements(text, root, [insertion], style, style.lines ? "lines" : "inline");
}

function layoutLines(
  text: string,
  layout: Extract<JsonNode, { kind: "object" }>,
  moves: readonly Move[],
  style: WritingStyle,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const insertions: Insertion[] = [];
  for (const move of moves.toSorted((a, b) => byId(a.stage, b.stage))) {
    const line = fieldNamed(layout.properties, move.stage);
    if (line === undefined) {
      const write = (): string => writeProperty(style, move.stage, writePosition(move, style));
      insertions.push({ after: indexBefore(layout.properties, move.stage), write });
    } else {
      edits.push(...movedPosition(text, line.value, 0, move, style));
    }
  }
  const list = elementsOf(layout, 0);
  return [...edits, ...insertElements(text, list, insertions, style, style.lines ? "lines" : "inline")];
}

/** The last line that sorts before the id, so that a list someone sorted otherwise is left in peace. */
function indexBefore(fields: readonly Field[], id: string): number {
  return fields.findLastIndex(({ key }) => byId(key, id) < 0);
}

function byId(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function writePosition({ x, y }: Move, style: WritingStyle): string {
  return writeInlineObject(style, [
    ["x", numberText(x)],
    ["y", numberText(y)],
  ]);
}

/** -0 is no position. */
function numberText(value: number): string {
  return String(value === 0 ? 0 : value);
}
