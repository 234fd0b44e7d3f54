import { nodeToJson } from "./json/node-to-json.ts";
import type { JsonNode } from "./json-node.ts";
import type { Field, Pipeline } from "./model.ts";
import { fieldNamed, fieldsOf } from "./stage/field-reader.ts";
import { isCoordinate } from "./stage/read-stage.ts";

/** A text on the canvas; its line in `layout` is `$note:<n>`. */
export interface CanvasNote {
  readonly id: string;
  /** Null where the file does not say. */
  readonly position: { readonly x: number; readonly y: number } | null;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly text: string;
  readonly color: string | null;
}

/** Stages that are shown as belonging together; its line in `layout` is `$group:<n>`. A run does not see it. */
export interface CanvasGroup {
  readonly id: string;
  readonly title: string;
  /** Ids, those of stages that are not there any more included. */
  readonly stages: readonly string[];
  readonly color: string | null;
}

/** What `layout` says besides places. */
export interface Annotations {
  readonly notes: readonly CanvasNote[];
  readonly groups: readonly CanvasGroup[];
  /** By stage id. */
  readonly colors: ReadonlyMap<string, string>;
}

/** Reads notes, groups and colours; what has another shape than it should is left out. */
export function readAnnotations({ layout }: Pipeline): Annotations {
  const notes: CanvasNote[] = [];
  const groups: CanvasGroup[] = [];
  const colors = new Map<string, string>();
  for (const { key: id, value } of layout) {
    const fields = fieldsOf(value);
    const color = textOf(fields, "color");
    if (id.startsWith("$note:")) {
      const position = pairOf(fields, "x", "y");
      const size = pairOf(fields, "width", "height");
      notes.push({
        id,
        position: position === null ? null : { x: position[0], y: position[1] },
        size: size === null ? null : { width: size[0], height: size[1] },
        text: textOf(fields, "text") ?? "",
        color,
      });
    } else if (id.startsWith("$group:")) {
      groups.push({
        id,
        title: textOf(fields, "title") ?? "",
        stages: idsOf(fieldNamed(fields, "stages")?.value),
        color,
      });
    } else if (color !== null) {
      colors.set(id, color);
    }
  }
  return { notes, groups, colors };
}

function textOf(fields: readonly Field[], name: string): string | null {
  const value = fieldNamed(fields, name)?.value;
  return value?.kind === "string" ? value.value : null;
}

function pairOf(fields: readonly Field[], one: string, other: string): readonly [number, number] | null {
  const [a, b] = [fieldNamed(fields, one)?.value, fieldNamed(fields, other)?.value];
  if (a?.kind !== "number" || b?.kind !== "number") return null;
  return isCoordinate(a.value) && isCoordinate(b.value) ? [a.value, b.value] : null;
}

function idsOf(node: JsonNode | undefined): readonly string[] {
  const json = node === undefined ? [] : nodeToJson(node);
  return Array.isArray(json) ? json.filter((item): item is string => typeof item === "string") : [];
}
