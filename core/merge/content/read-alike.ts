import type { Span } from "#core/pipeline";
import type { PipelineContent, StageContent } from "./content.ts";
import { readContent } from "./read-content.ts";
import { endOfValue, stageSpans } from "./stage-spans.ts";
import { strictJson } from "./strict-json.ts";

/** A pipeline's text with what it says. */
export interface PipelineText {
  readonly text: string;
  readonly content: PipelineContent;
  /** Null where the stages are no list, or the text is more than JSON. */
  readonly written: WrittenStages | null;
}

/** A list of stages as it is written. */
export interface WrittenStages {
  /** Where each item stands. */
  readonly spans: readonly Span[];
  /** What each is. */
  readonly stages: readonly StageContent[];
  /** Which item has a key; made when it is asked for. */
  readonly places: () => ReadonlyMap<string, number>;
  /** The items that have others inside them, or share their id with one: they cannot be known by it. */
  readonly entangled: ReadonlySet<StageContent>;
  /** For each item the one with its key in the list that this was read like, -1 for none; null where it was read on its own. */
  readonly inLike: readonly number[] | null;
}

/** The stages of a text that is JSON, as they are written. */
export function writtenStages(text: string, content: PipelineContent): WrittenStages | null {
  const spans = content.container === "list" ? stageSpans(text) : null;
  return spans === null ? null : writtenAt(spans, content, null);
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
    known[index] === null ? [text.slice(start, end)] : [],
  );
  const json = strictJson(text.slice(0, first.start) + unknown.join(",") + text.slice(last.end));
  if (json === null) return null;
  const content = readContent(json, known);
  return { text, content, written: writtenAt(spans, content, like.written) };
}

/** The items of the list of stages in a text, and which of them are written alike in another: null for all others. */
function alikeItems(
  text: string,
  likeText: string,
  like: WrittenStages,
): { readonly spans: readonly Span[]; readonly known: readonly (StageContent | null)[] } | null {
  const known: (StageContent | null)[] = [];
  const places = like.places();
  let next = 0;
  const endOfNext = (start: number): number => {
    const [span, stage] = [like.spans[next], like.stages[next]];
    if (span === undefined || stage === undefined || like.entangled.has(stage)) return -1;
    const end = start + span.end - span.start;
    return text.slice(start, end) === likeText.slice(span.start, span.end) ? end : -1;
  };
  const spans = stageSpans(text, (start) => {
    let end = endOfNext(start);
    let isKnown = end >= 0;
    if (!isKnown) {
      end = endOfValue(text, start);
      const place = places.get(ID.exec(text.slice(start, end))?.[1] ?? "");
      if (place === undefined) {
        known.push(null);
        return end;
      }
      next = place;
      isKnown = endOfNext(start) === end;
    }
    known.push(isKnown ? (like.stages[next] ?? null) : null);
    next += 1;
    return end;
  });
  return spans === null ? null : { spans, known };
}

/** Nearly always the id of a stage; where it is not, something is read that need not have been. */
const ID = /"id"\s*:\s*"([^"\\]*)"/;

function writtenAt(
  spans: readonly Span[],
  { stages: all }: PipelineContent,
  like: WrittenStages | null,
): WrittenStages {
  const stages: StageContent[] = [];
  const entangled = new Set<StageContent>();
  for (const stage of all) {
    const owner = stages.at(-1);
    if (stage.place !== null && owner !== undefined) {
      entangled.add(owner);
      continue;
    }
    if (stage.key !== stage.id) entangled.add(stage);
    stages.push(stage);
  }
  let places: ReadonlyMap<string, number> | undefined;
  return {
    spans,
    stages,
    places: () => (places ??= placesOf(stages)),
    entangled,
    inLike: like === null ? null : placesIn(like, stages),
  };
}

function placesOf(stages: readonly StageContent[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, { key }] of stages.entries()) places.set(key, index);
  return places;
}

function placesIn(like: WrittenStages, stages: readonly StageContent[]): readonly number[] {
  const places = like.places();
  let next = 0;
  return stages.map((stage) => {
    // Nearly all are in the same order.
    const place = like.stages[next] === stage ? next : (places.get(stage.key) ?? -1);
    if (place >= 0) next = place + 1;
    return place;
  });
}
