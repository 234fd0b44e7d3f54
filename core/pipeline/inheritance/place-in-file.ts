import type { Span } from "../json-node.ts";
import { lineIndex } from "../line-index.ts";
import type { Problem, RelatedPlace } from "../problem.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import type { Origin } from "./origin.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";

/**
 * A problem of a resolved pipeline at a place of its file. One in what the file says itself is there; one in what it
 * inherits is at its override of the stage, else at `extends`, and says where it is written.
 */
export function placeInFile(problem: Problem, resolved: ResolvedPipeline): Problem {
  const origin = resolved.originOf(problem.span);
  const related = (problem.related ?? []).map((place) => relatedIn(place, resolved));
  if (origin.file === resolved.file)
    return { ...problem, span: origin.span, ...(related.length === 0 ? {} : { related }) };
  const { path, document } = origin.file;
  const { line0 } = lineIndex(document.text).positionAt(origin.span.start);
  const place = `${path ?? ""}:${line0 + 1}`;
  const where =
    problem.stage === undefined ? `In ${place}` : `In the inherited stage "${problem.stage}" (${place})`;
  return {
    ...problem,
    message: `${where}: ${problem.message}`,
    span: placeOf(problem.stage, resolved),
    related: [
      ...(path === null ? [] : [{ message: "Inherited from here", span: origin.span, path }]),
      ...related,
    ],
  };
}

function relatedIn({ message, span }: RelatedPlace, resolved: ResolvedPipeline): RelatedPlace {
  const origin: Origin = resolved.originOf(span);
  const { path } = origin.file;
  return origin.file === resolved.file || path === null
    ? { message, span: origin.span }
    : { message, span: origin.span, path };
}

function placeOf(stage: string | undefined, { file }: ResolvedPipeline): Span {
  const { overrides, extends: parent } = file.document.pipeline;
  for (let id = stage ?? ""; id !== ""; id = id.slice(0, Math.max(0, id.lastIndexOf("/")))) {
    const override = fieldNamed(overrides, id);
    if (override !== undefined) return override.keySpan;
  }
  return parent?.span ?? { start: 0, end: 0 };
}
