import { stageById } from "../../document/locate.ts";
import type { Span } from "../../json-node.ts";
import type { PipelineDocument } from "../../model.ts";
import { spanInString } from "../../string-offsets.ts";
import { referencesIn } from "../subpipeline/replace-references.ts";
import { evaluatedPlaces } from "./evaluated-places.ts";
import { listedNames } from "./listed-names.ts";

/** A place that names a stage. */
export interface NamedStage {
  readonly id: string;
  /** Absolute, without quotes. */
  readonly span: Span;
}

/**
 * The stage that is named at an offset: as its id, in a list of names, as a key of `layout` or `overrides`, or in an
 * expression. Null where nothing is, or no stage of the file or of what it overrides.
 */
export function stageNameAt(document: PipelineDocument, offset: number): NamedStage | null {
  const isAt = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const listed = listedNames(document).find(({ span }) => isAt(span));
  if (listed !== undefined) return known(document, listed.id, withoutQuotes(listed.span));
  const override = document.pipeline.overrides.find(({ keySpan }) => isAt(keySpan));
  if (override !== undefined) return { id: override.key, span: withoutQuotes(override.keySpan) };
  for (const place of evaluatedPlaces(document)) {
    const start = place.node.span.start + place.base;
    if (!isAt({ start, end: place.node.span.end + place.base })) continue;
    const literal = document.text.slice(start, place.node.span.end + place.base);
    for (const reference of referencesIn(place.kind, place.node.value)) {
      const named = place.idNamed(reference);
      const range = named?.steps === 1 ? reference.pathRanges[0] : reference.rootRange;
      if (named === null || range === undefined) continue;
      const inside = spanInString(literal, range);
      const span = { start: start + inside.start, end: start + inside.end };
      if (isAt(span)) return known(document, named.id, unquoted(document.text, span));
    }
  }
  return null;
}

function known(document: PipelineDocument, id: string, span: Span): NamedStage | null {
  const isKnown = stageById(document, id) !== undefined || document.pipeline.extends !== null;
  return isKnown && !id.startsWith("$") ? { id, span } : null;
}

function withoutQuotes({ start, end }: Span): Span {
  return { start: start + 1, end: end - 1 };
}

/** A step of a path may be written in quotes: `upstream['a']`. */
function unquoted(text: string, { start, end }: Span): Span {
  return /['"]/.test(text.charAt(start)) ? { start: start + 1, end: end - 1 } : { start, end };
}
