import { unitStart } from "../document/locate.ts";
import type { JsonNode, Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { isLineBreak } from "./characters.ts";
import { beginsLine } from "./surroundings.ts";
import type { ValueForm } from "./write-json.ts";
import { type WritingStyle, writingStyleOf } from "./writing-style.ts";

/** How a file lays values out, whatever their length. */
export interface FileForm extends ValueForm {
  readonly objects: "lines" | "inline";
  readonly lists: "lines" | "inline";
}

/** How this file lays values out. */
export function valueFormOf(document: PipelineDocument): FileForm {
  const style = writingStyleOf(document);
  if (!style.lines) return { style, objects: "inline", lists: "inline" };
  return { style, objects: "lines", lists: writesListsInLines(document, style) ? "lines" : "inline" };
}

/** Whether the file's lists of ids have their items on lines of their own; by the first that has any. */
export function writesListsInLines(document: PipelineDocument, style: WritingStyle): boolean {
  const { text, pipeline } = document;
  for (const stage of pipeline.stages) {
    const node = fieldNamed(stage.fields, "depends_on")?.value;
    const first = node?.kind === "array" ? node.items[0] : undefined;
    if (first !== undefined) return beginsLine(text, first.span.start + unitStart(document, stage));
  }
  // Without one, the list that nearly every pipeline has shows the habit.
  return style.lines && hasListInLines(text, pipeline.inputSchema);
}

/** Whether what stands between two offsets goes over more than one line. */
export function spansLines(text: string, { start, end }: Span): boolean {
  for (let offset = start; offset < end; offset += 1) if (isLineBreak(text.charCodeAt(offset))) return true;
  return false;
}

function hasListInLines(text: string, schema: JsonNode | null): boolean {
  const list = schema?.kind === "object" ? fieldNamed(schema.properties, "required")?.value : undefined;
  const first = list?.kind === "array" ? list.items[0] : undefined;
  return first !== undefined && beginsLine(text, first.span.start);
}
