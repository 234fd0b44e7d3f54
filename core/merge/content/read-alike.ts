import type { Span } from "#core/pipeline";
import type { PipelineContent } from "./content.ts";
import { itemStages, readContent } from "./read-content.ts";
import { endOfValue, stageSpans } from "./stage-spans.ts";
import { strictJson } from "./strict-json.ts";
import { type WrittenStages, writtenBeside } from "./written-stages.ts";

/** A pipeline's text with what it says. */
export interface PipelineText {
  readonly text: string;
  /** Read when it is asked for: where most of two texts is the same, nobody needs it all. */
  readonly content: PipelineContent;
  /** Null where the stages are no list, one of them has no id of its own, or the text is more than JSON. */
  readonly written: WrittenStages | null;
}

/** A text whose content is read when it is asked for, once. */
export function pipelineText(
  text: string,
  written: WrittenStages | null,
  read: () => PipelineContent,
): PipelineText {
  let content: PipelineContent | undefined;
  return {
    text,
    written,
    get content() {
      return (content ??= read());
    },
  };
}

/**
 * Reads a text of which most is written in another too, character for character: a stage that is the same there is the
 * very object that it is in that, so that nobody has to compare the two again. Null where the text has to be read on its
 * own.
 */
export function readAlike(text: string, like: PipelineText): PipelineText | null {
  const alike = like.written === null ? null : alikeItems(text, like.text, like.written);
  if (like.written === null || alike === null) return null;
  const { spans, known } = alike;
  const [first, last] = [spans.at(0), spans.at(-1)];
  if (first === undefined || last === undefined) return null;
  const unknown = spans.flatMap(({ start, end }, index) =>
    (known[index] ?? -1) < 0 ? [text.slice(start, end)] : [],
  );
  const json = strictJson(text.slice(0, first.start) + unknown.join(",") + text.slice(last.end));
  const written = json === null ? null : writtenBeside(json, alike, like.written);
  if (json === null || written === null) return null;
  return pipelineText(text, written, () => {
    const stages = itemStages(like.content);
    return readContent(
      json,
      known.map((place) => stages[place] ?? null),
    );
  });
}

/** The items of the list of stages in a text, and for each its place in another where it is written alike, else -1. */
function alikeItems(
  text: string,
  likeText: string,
  like: WrittenStages,
): { readonly spans: readonly Span[]; readonly known: readonly number[] } | null {
  const places = like.places();
  if (places === null) return null;
  const known: number[] = [];
  let next = 0;
  /** Takes as many of the next items as are written alike there, all or none of them; gives where they end, or -1. */
  const takeNext = (start: number, count: number, spans: Span[]): number => {
    const [first, last] = [like.spans[next], like.spans[next + count - 1]];
    if (first === undefined || last === undefined) return -1;
    const end = start + last.end - first.start;
    if (text.slice(start, end) !== likeText.slice(first.start, last.end)) return -1;
    const by = start - first.start;
    for (const to = next + count; next < to; next += 1) {
      const span = like.spans[next];
      if (span === undefined) return -1;
      spans.push({ start: span.start + by, end: span.end + by });
      // What is written inside others is read again: it is not known by its owner's id.
      known.push(like.items[next]?.isOwner === false ? next : -1);
    }
    return end;
  };
  const spans = stageSpans(text, (start, found) => {
    for (const count of [ROW, 1]) {
      const end = takeNext(start, count, found);
      if (end >= 0) return end;
    }
    const end = endOfValue(text, start);
    const place = places.of(ID.exec(text.slice(start, end))?.[1] ?? "");
    const there = like.spans[place];
    if (there !== undefined && there.end - there.start === end - start) {
      next = place;
      if (takeNext(start, 1, found) === end) return end;
    }
    if (place >= 0) next = place + 1;
    found.push({ start, end });
    known.push(-1);
    return end;
  });
  return spans === null ? null : { spans, known };
}

/** How many items are looked at in one: most have not changed, and what is between them has not either. */
const ROW = 16;

/** Nearly always the id of a stage; where it is not, something is read that need not have been. */
const ID = /"id"\s*:\s*"([^"\\]*)"/;
