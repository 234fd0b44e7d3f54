import { DEPTH_LIMIT, type JsonMembers, type JsonValue, type Span } from "#core/pipeline";
import { endOfValue, stageSpans } from "./stage-spans.ts";
import { strictJson } from "./strict-json.ts";

/** A text that is plain JSON with a list of stages: what it says, and where each item of the list stands. */
export interface StageByStage {
  readonly json: JsonMembers;
  readonly spans: readonly Span[];
}

/**
 * Reads a text item by item, which takes no longer than to read it in one and tells where the items stand. Null where it
 * is not plain JSON, or has no list of stages.
 */
export function readStageByStage(text: string): StageByStage | null {
  const stages: JsonValue[] = [];
  const read = itemReader(text);
  const spans = stageSpans(text, (start, found) => {
    const item = read(start);
    if (item === null) return start;
    stages.push(item.json);
    found.push({ start, end: item.end });
    return item.end;
  });
  const around = spans === null ? null : strictJson(textAround(text, spans));
  return spans === null || around === null ? null : { json: { ...around, stages }, spans };
}

/** A text without the items of its list of stages. */
function textAround(text: string, spans: readonly Span[]): string {
  const [first, last] = [spans.at(0), spans.at(-1)];
  return first === undefined || last === undefined ? text : text.slice(0, first.start) + text.slice(last.end);
}

interface Item {
  readonly json: JsonValue;
  readonly end: number;
}

/**
 * Reads the items of a list one after the other, by where each begins. How the first is indented tells how the others
 * end: to look for that is many times faster than to look at each character, and what can be read is one value and all
 * of it. Where an item does not end so, nothing is guessed any more.
 */
function itemReader(text: string): (start: number) => Item | null {
  let closing: string | null | undefined;
  return (start) => {
    if (closing === undefined) closing = closingOf(text, start);
    if (closing !== null) {
      const at = text.indexOf(closing, start);
      const item = at < 0 ? null : itemBetween(text, start, at + closing.length);
      if (item !== null) return item;
      closing = null;
    }
    return itemBetween(text, start, endOfValue(text, start));
  };
}

/** How an object ends that begins a line and ends in one of its own; null for what begins elsewhere. */
function closingOf(text: string, start: number): string | null {
  const indent = text.slice(text.lastIndexOf("\n", start) + 1, start);
  return text[start] === "{" && /^[ \t]+$/.test(indent) ? `\n${indent}}` : null;
}

/** An item is in the list, and that in the pipeline. */
const AROUND = 2;

function itemBetween(text: string, start: number, end: number): Item | null {
  const json = strictJson(text.slice(start, end), DEPTH_LIMIT - AROUND);
  return json === null ? null : { json, end };
}
