import { parsePipeline } from "../../document/parse-pipeline.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { PipelineDocument } from "../../model.ts";
import { applyTextEdits } from "../../text-edit.ts";
import { type EditResult, refuse } from "../edit-result.ts";
import { evaluatedPlaces } from "../names/evaluated-places.ts";
import { referencesIn } from "../subpipeline/replace-references.ts";
import { variableOwner } from "../subpipeline/variable-owner.ts";

/**
 * The edits, where every expression reads what it read, and no stages wait for each other that did not: else the
 * reason why not. `newId` tells what became of ids.
 */
export function keepingMeaning(
  document: PipelineDocument,
  result: EditResult,
  newId: (id: string) => string,
): EditResult {
  if (!result.ok || result.edits.length === 0) return result;
  const after = parsePipeline(applyTextEdits(document.text, result.edits));
  const circle = newCircle(document, after);
  if (circle !== null) return refuse(circle);
  const now = new Set(readings(after).map(keyOf));
  const lost = readings(document).find(
    (reading) => !now.has(keyOf({ ...reading, by: newId(reading.by), of: newId(reading.of) })),
  );
  if (lost === undefined) return result;
  return refuse(
    `"${lost.by}" reads "${lost.written}", which it could not from there. Change its expression first.`,
  );
}

/** The edits, where no stages wait for each other that did not; else the reason why not. */
export function closingNoCircle(document: PipelineDocument, result: EditResult): EditResult {
  if (!result.ok || result.edits.length === 0) return result;
  const after = parsePipeline(applyTextEdits(document.text, result.edits), document, result.edits);
  const circle = newCircle(document, after);
  return circle === null ? result : refuse(circle);
}

function newCircle(before: PipelineDocument, after: PipelineDocument): string | null {
  const [cycle] = pipelineGraph(before).cycles.length > 0 ? [] : pipelineGraph(after).cycles;
  if (cycle === undefined) return null;
  const names = [...cycle, cycle[0] ?? ""].map((id) => `"${id}"`).join(" → ");
  return `Stages would wait for each other: ${names}.`;
}

interface Reading {
  readonly by: string;
  readonly of: string;
  readonly written: string;
}

function keyOf({ by, of, written }: Reading): string {
  return JSON.stringify([by, of, written]);
}

/** What expressions read: of which stage, the variables of loops, catches and matrices included. */
function readings(document: PipelineDocument): readonly Reading[] {
  const graph = pipelineGraph(document);
  const { byId } = document.tree.identities;
  return evaluatedPlaces(document).flatMap((place) =>
    referencesIn(place.kind, place.node.value).flatMap((reference): readonly Reading[] => {
      const named = place.idNamed(reference);
      const of =
        named === null ? variableOwner(graph, place, reference) : byId.has(named.id) ? named.id : null;
      if (of === null) return [];
      const written = place.node.value.slice(reference.start, reference.end);
      return [{ by: place.stage?.id ?? "", of, written }];
    }),
  );
}
