import type { Box } from "#core/layout";
import { type Annotations, type CanvasNote, type PipelineDocument, readAnnotations } from "#core/pipeline";

/** Colours that notes, groups and stages can have; how they look is the theme's. */
export const noteColors = ["blue", "green", "orange", "purple", "red", "yellow"] as const;
export type NoteColor = (typeof noteColors)[number];

/** A note where it is drawn. */
export interface PlacedNote {
  readonly kind: "note";
  /** Its line in `layout`. */
  readonly id: string;
  readonly text: string;
  /** Null: the usual one. */
  readonly color: NoteColor | null;
  readonly box: Box;
}

/** A group: a frame around those of its stages that there are. */
export interface PlacedGroup {
  readonly kind: "group";
  readonly id: string;
  readonly text: string;
  /** Ids, those of stages that are not there any more included. */
  readonly stages: readonly string[];
  readonly color: NoteColor | null;
  readonly box: Box;
}

export type PlacedAnnotation = PlacedNote | PlacedGroup;

/** What is drawn besides stages and wires. The same object as long as nothing of it has changed. */
export interface PlacedAnnotations {
  /** Groups first, which lie under notes. */
  readonly all: readonly PlacedAnnotation[];
  /** Of stages, by their ids. */
  readonly colors: ReadonlyMap<string, NoteColor>;
}

export const noAnnotations: PlacedAnnotations = { all: [], colors: new Map() };

/** What a group is drawn larger than its stages, in pixels; its title stands in the upper edge. */
const GROUP_PADDING = 20;
const GROUP_TITLE = 28;
const NOTE_WIDTH = 200;
const NOTE_LINE = 18;
const NOTE_CHARACTERS = 22;
const NOTE_PADDING = 24;
/** Between the graph and notes of which the file does not say where they are. */
const GAP = 40;

/** Places notes, groups and colours of a document around its boxes. */
export function placeAnnotations(
  { pipeline }: PipelineDocument,
  boxOf: (stage: string) => Box | undefined,
  bounds: Box | null,
  previous: PlacedAnnotations,
): PlacedAnnotations {
  if (pipeline.layout.length === 0) return noAnnotations;
  const written = readAnnotations(pipeline);
  const all = [...placedGroups(written, boxOf), ...placedNotes(written, bounds)];
  const colors = new Map<string, NoteColor>();
  for (const [stage, name] of written.colors) {
    const color = colorNamed(name);
    if (color !== null) colors.set(stage, color);
  }
  if (all.length === 0 && colors.size === 0) return noAnnotations;
  const before = new Map(previous.all.map((item) => [item.id, item]));
  const kept = all.map((item) => {
    const old = before.get(item.id);
    return old !== undefined && isSame(old, item) ? old : item;
  });
  const isKept =
    kept.length === previous.all.length &&
    kept.every((item, index) => item === previous.all[index]) &&
    colors.size === previous.colors.size &&
    Array.from(colors).every(([stage, color]) => previous.colors.get(stage) === color);
  return isKept ? previous : { all: kept, colors };
}

function placedGroups(
  { groups }: Annotations,
  boxOf: (stage: string) => Box | undefined,
): readonly PlacedGroup[] {
  return groups.flatMap(({ id, title, stages, color }): readonly PlacedGroup[] => {
    const around = unionOf(stages.flatMap((stage) => boxOf(stage) ?? []));
    if (around === null) return [];
    const box = {
      x: around.x - GROUP_PADDING,
      y: around.y - GROUP_PADDING - GROUP_TITLE,
      width: around.width + 2 * GROUP_PADDING,
      height: around.height + 2 * GROUP_PADDING + GROUP_TITLE,
    };
    return [{ kind: "group", id, text: title, stages, color: colorNamed(color), box }];
  });
}

function placedNotes({ notes }: Annotations, bounds: Box | null): readonly PlacedNote[] {
  let next = { x: bounds?.x ?? 0, y: (bounds?.y ?? 0) + (bounds?.height ?? 0) + GAP };
  return notes.map((note) => {
    const size = note.size ?? usualSize(note);
    const at = note.position ?? next;
    if (note.position === null) next = { x: next.x + size.width + GAP / 2, y: next.y };
    const { id, text } = note;
    return { kind: "note", id, text, color: colorNamed(note.color), box: { ...at, ...size } };
  });
}

/** As large as the text needs, about. */
function usualSize({ text }: CanvasNote): { readonly width: number; readonly height: number } {
  const lines = text.split("\n").map((line) => Math.max(1, Math.ceil(line.length / NOTE_CHARACTERS)));
  const count = lines.reduce((sum, each) => sum + each, 0);
  return { width: NOTE_WIDTH, height: Math.min(400, NOTE_PADDING + NOTE_LINE * count) };
}

function colorNamed(name: string | null): NoteColor | null {
  return noteColors.find((color) => color === name) ?? null;
}

/** The smallest box around all; null where there is none. */
export function unionOf(boxes: Iterable<Box>): Box | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two boxes are the same place. */
export function isSameBox(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function isSame(a: PlacedAnnotation, b: PlacedAnnotation): boolean {
  if (a.text !== b.text || a.color !== b.color || !isSameBox(a.box, b.box)) return false;
  if (a.kind === "note" || b.kind === "note") return a.kind === b.kind;
  return a.stages.length === b.stages.length && a.stages.every((id, index) => id === b.stages[index]);
}
