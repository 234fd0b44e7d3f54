import type { Box } from "#core/layout";
import type { DrawnGroup, DrawnNote } from "./drawing.ts";
import { escapedXml } from "./escaped-xml.ts";

/** A part of a picture: its lines, and the place it takes. */
export interface DrawnPart {
  readonly lines: readonly string[];
  readonly box: Box;
}

/** What a frame is larger than the stages in it; its title stands in the upper edge. */
const FRAME = 12;
const FRAME_TITLE = 18;
const LINE = 18;
const NOTE_WIDTH = 220;
const NOTE_GAP = 16;
/** What fits into a line of a note: about 6.5 pixels a character. */
const NOTE_CHARACTERS = 30;
/** A longer note ends with dots: the whole text is in its title. */
const MOST_LINES = 12;

/** The frames of groups, around what there is of their stages. */
export function framesOf(
  groups: readonly DrawnGroup[],
  boxes: ReadonlyMap<string, Box>,
): readonly DrawnPart[] {
  return groups.flatMap(({ title, stages }): readonly DrawnPart[] => {
    const around = stages.flatMap((key) => boxes.get(key) ?? []);
    if (around.length === 0) return [];
    const x = Math.min(...around.map((box) => box.x)) - FRAME;
    const y = Math.min(...around.map((box) => box.y)) - FRAME - FRAME_TITLE;
    const width = Math.max(...around.map((box) => box.x + box.width)) + FRAME - x;
    const height = Math.max(...around.map((box) => box.y + box.height)) + FRAME - y;
    const name = shortened(title, Math.max(1, Math.floor((width - 2 * FRAME) / 7)));
    const lines = [
      `<g class="group"><title>${escapedXml(title)}</title>`,
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>`,
      `<text class="name" x="${x + FRAME}" y="${y + LINE}">${escapedXml(name)}</text>`,
      "</g>",
    ];
    return [{ lines, box: { x, y, width, height } }];
  });
}

/** Notes side by side under the graph, as many in a row as the graph is wide. */
export function notesUnder(notes: readonly DrawnNote[], graph: Box): readonly DrawnPart[] {
  const perRow = Math.max(1, Math.floor((graph.width + NOTE_GAP) / (NOTE_WIDTH + NOTE_GAP)));
  const parts: DrawnPart[] = [];
  let y = graph.y + graph.height + (graph.height > 0 ? 2 * NOTE_GAP : 0);
  for (let start = 0; start < notes.length; start += perRow) {
    const row = notes.slice(start, start + perRow).map((note) => ({ note, wrapped: wrapped(note.lines) }));
    const height = Math.max(...row.map((each) => each.wrapped.length)) * LINE + 20;
    for (const [index, { note, wrapped: texts }] of row.entries()) {
      const box = { x: graph.x + index * (NOTE_WIDTH + NOTE_GAP), y, width: NOTE_WIDTH, height };
      parts.push({ box, lines: noteLines(note, texts, box) });
    }
    y += height + NOTE_GAP;
  }
  return parts;
}

function noteLines(
  note: DrawnNote,
  texts: readonly string[],
  { x, y, width, height }: Box,
): readonly string[] {
  return [
    `<g class="note"><title>${escapedXml(note.lines.join("\n"))}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="2"/>`,
    ...texts.map(
      (text, index) => `<text x="${x + 12}" y="${y + 22 + index * LINE}">${escapedXml(text)}</text>`,
    ),
    "</g>",
  ];
}

/** Text in lines that fit, broken between words where there are such. */
function wrapped(lines: readonly string[]): readonly string[] {
  const all = lines.flatMap((line) => {
    const rows: string[] = [];
    let row = "";
    for (const word of line.split(" ").flatMap(pieces)) {
      const longer = row === "" ? word : `${row} ${word}`;
      if (Array.from(longer).length <= NOTE_CHARACTERS) {
        row = longer;
        continue;
      }
      rows.push(row);
      row = word;
    }
    return [...rows, row];
  });
  return all.length <= MOST_LINES ? all : [...all.slice(0, MOST_LINES - 1), "…"];
}

/** A word that is longer than a line, in parts. */
function pieces(word: string): readonly string[] {
  const characters = Array.from(word);
  if (characters.length <= NOTE_CHARACTERS) return [word];
  const count = Math.ceil(characters.length / NOTE_CHARACTERS);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * NOTE_CHARACTERS, (index + 1) * NOTE_CHARACTERS).join(""),
  );
}

function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
