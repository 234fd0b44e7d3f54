import { type Change, changeSign, describeChange, diffPipelines, pathWords } from "#core/merge";
import { type PipelineDocument, readingCode } from "#core/pipeline";
import type { DiffAnswer, DiffChange } from "#protocol";
import { linesOf } from "../lines-of.ts";
import { type ChangePlaces, changePlaces } from "./change-places.ts";
import { topicOfChange } from "./topic-of-change.ts";
import { valuePieces } from "./value-pieces.ts";

/** What is different between two pipelines, for views: each change with its words and its places in both texts. */
export function answerDiff(before: PipelineDocument, after: PipelineDocument): DiffAnswer {
  const result = diffPipelines(before.text, after.text);
  if (!result.ok) {
    const { side, message } = result;
    return { ok: false, side, message, at: faultIn(side === "before" ? before : after) };
  }
  const { changes, keys } = result.diff;
  const placesOf = changePlaces(before, after, keys);
  return {
    ok: true,
    changes: changes.map((change) => shownChange(change, placesOf)),
    renamed: Array.from(keys, ([from, to]) => ({ before: from, after: to })),
  };
}

function shownChange(change: Change, placesOf: ChangePlaces): DiffChange {
  return {
    kind: change.kind,
    sign: changeSign(change),
    topic: topicOfChange(change),
    label: describeChange(change),
    stage: change.kind === "container-changed" ? null : change.stage,
    path: change.kind === "value-changed" ? pathWords(change.path) : "",
    places: placesOf(change),
    pieces: change.kind === "value-changed" ? valuePieces(change) : [],
  };
}

const unreadable: ReadonlySet<string> = new Set([
  readingCode.mergeConflict,
  readingCode.jsonSyntax,
  readingCode.notAnObject,
]);

/** The first place that keeps a text from being read. */
function faultIn(document: PipelineDocument): Extract<DiffAnswer, { ok: false }>["at"] {
  const problem = document.problems.find(({ code }) => unreadable.has(code));
  return problem === undefined ? null : linesOf(document).positionAt(problem.span.start);
}
