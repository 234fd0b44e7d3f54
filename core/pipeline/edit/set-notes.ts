import type { AddGroup, AddNote, SetLayout } from "../canvas-edit.ts";
import { stageById } from "../document/locate.ts";
import type { PipelineDocument } from "../model.ts";
import { type EditResult, refuse } from "./edit-result.ts";
import { newLayoutId, setLayoutLine, setLayoutLines } from "./layout-line.ts";

/** Writes a note on the canvas. */
export function addNote(document: PipelineDocument, { text, position, size, color }: AddNote): EditResult {
  return setLayoutLine(document, newLayoutId(document, "$note"), {
    x: Math.round(position.x),
    y: Math.round(position.y),
    ...(size === null ? {} : { width: Math.round(size.width), height: Math.round(size.height) }),
    text,
    ...(color === null ? {} : { color }),
  });
}

/** Makes stages a group. */
export function addGroup(document: PipelineDocument, { title, stages, color }: AddGroup): EditResult {
  const unknown = stages.find(
    (id) => stageById(document, id) === undefined && document.pipeline.extends === null,
  );
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  if (stages.length === 0) return refuse("A group has at least one stage.");
  return setLayoutLine(document, newLayoutId(document, "$group"), {
    title,
    stages,
    ...(color === null ? {} : { color }),
  });
}

/** Changes what `layout` says of stages, notes or groups, all in the same way: a colour, a text, a title. */
export function setLayout(document: PipelineDocument, { ids, fields }: SetLayout): EditResult {
  const unknown = ids.find((id) => !isThere(document, id));
  if (unknown !== undefined) return refuse(`There is no ${nameOf(unknown)} in this file.`);
  return setLayoutLines(
    document,
    ids.map((id) => ({ id, fields })),
  );
}

function isThere(document: PipelineDocument, id: string): boolean {
  if (id.startsWith("$")) return document.pipeline.layout.some(({ key }) => key === id);
  return stageById(document, id) !== undefined || document.pipeline.extends !== null;
}

function nameOf(id: string): string {
  if (id.startsWith("$note:")) return `note "${id}"`;
  return id.startsWith("$group:") ? `group "${id}"` : `stage "${id}"`;
}
