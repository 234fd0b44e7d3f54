import type { Change } from "#core/merge";
import {
  absoluteSpan,
  type JsonNode,
  type PipelineDocument,
  type Span,
  type Stage,
  stageSpan,
} from "#core/pipeline";
import type { DiffChange, TextPlace } from "#protocol";
import { linesOf } from "../lines-of.ts";

/** Says where a change is written in the two texts that it is between. */
export type ChangePlaces = (change: Change) => DiffChange["places"];

/** Finds the places of changes; `keys` are those of stages before -> after, where they differ. */
export function changePlaces(
  before: PipelineDocument,
  after: PipelineDocument,
  keys: ReadonlyMap<string, string>,
): ChangePlaces {
  const old = textPlaces(before);
  const now = textPlaces(after);
  const oldKeys = new Map(Array.from(keys, ([from, to]) => [to, from]));
  return (change) => {
    switch (change.kind) {
      case "stage-added":
        return { before: null, after: now(change.stage, []) };
      case "stage-removed":
        return { before: old(change.stage, []), after: null };
      case "container-changed":
        return { before: old(null, ["stages"]), after: now(null, ["stages"]) };
      case "value-changed": {
        const { stage, path } = change;
        const oldStage = stage === null ? null : (oldKeys.get(stage) ?? stage);
        return { before: old(oldStage, path), after: now(stage, path) };
      }
      case "stage-renamed":
      case "stage-relocated":
      case "stage-reordered":
      case "branch-moved":
        return {
          before: old(oldKeys.get(change.stage) ?? change.stage, []),
          after: now(change.stage, []),
        };
    }
  };
}

/** The places of one text: of a path in a stage, or in the pipeline where there is none. */
function textPlaces(
  document: PipelineDocument,
): (stage: string | null, path: readonly string[]) => TextPlace | null {
  const lines = linesOf(document);
  const stages = stagesByKey(document);
  const placeOf = ({ start, end }: Span): TextPlace => ({
    start: lines.positionAt(start),
    end: lines.positionAt(end),
  });
  return (key, path) => {
    if (key === null) return placeOf(spanIn(document.pipeline.fields, path) ?? beginning);
    const stage = stages.get(key);
    if (stage === undefined) return null;
    const within = spanIn(stage.fields, path);
    return placeOf(within === null ? stageSpan(document, stage) : absoluteSpan(document, stage, within));
  };
}

const beginning: Span = { start: 0, end: 0 };

/** Of several stages with one id each has a number, as the diff counts them. */
function stagesByKey(document: PipelineDocument): ReadonlyMap<string, Stage> {
  const stages = new Map<string, Stage>();
  for (const stage of document.pipeline.stages) {
    let key = stage.id;
    for (let number = 2; stages.has(key); number += 1) key = `${stage.id}#${number}`;
    stages.set(key, stage);
  }
  return stages;
}

/** What is written at a path, with its key; of what is not there what it would stand in. Null where that is no field. */
function spanIn(
  fields: readonly { readonly key: string; readonly keySpan: Span; readonly value: JsonNode }[],
  path: readonly string[],
): Span | null {
  let members = fields;
  let found: Span | null = null;
  for (const key of path) {
    const member = members.findLast((each) => each.key === key);
    if (member === undefined) break;
    found = { start: member.keySpan.start, end: member.value.span.end };
    members = member.value.kind === "object" ? member.value.properties : [];
  }
  return found;
}
