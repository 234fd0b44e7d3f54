import type { Reference } from "#core/expressions";
import type { PipelineDocument } from "../../model.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import type { TextEdit } from "../../text-edit.ts";
import { localId } from "../clipping/copy-stages.ts";
import { type Refusal, refuse } from "../edit-result.ts";
import { type EvaluatedPlace, editsInText, evaluatedPlaces } from "../names/evaluated-places.ts";
import { mayName } from "../names/rename-ids.ts";
import { removeIds } from "../remove-ids.ts";
import { type CrossingValue, crossingValues, inputValue } from "./crossing-values.ts";
import { referencesIn, replaceReferences } from "./replace-references.ts";
import type { Selection } from "./selection.ts";
import { variableOwner } from "./variable-owner.ts";

/** Edits of one side, and the values that come to it from the other. */
export type Crossing =
  | {
      readonly ok: true;
      readonly edits: readonly TextEdit[];
      readonly values: readonly CrossingValue[];
    }
  | Refusal;

/** In the stages, what comes from outside is read from the input; and they wait for nothing outside. */
export function insideEdits(document: PipelineDocument, selection: Selection): Crossing {
  const places = evaluatedPlaces(document).filter(({ stage }) => stage !== null && selection.has(stage.id));
  const inputs = inputsRead(places);
  if ("ok" in inputs) return inputs;
  const values = crossingValues(inputs.keys());
  const edits: TextEdit[] = [];
  for (const place of places) {
    const { kind, node, stage } = place;
    const changes = replaceReferences(kind, node.value, (reference) => {
      if (!comesFromOutside(place, reference, selection)) return null;
      const source = node.value.slice(reference.start, reference.end);
      const path = isQualified(reference) ? reference.path : [reference.root, ...reference.path];
      return { steps: null, text: `input.${values.nameOf(reference, source, path)}` };
    });
    if (changes === undefined) return unread(node.value, stage?.id ?? "");
    edits.push(...editsInText(document, place, changes));
  }
  for (const stage of selection.stages) {
    const field = fieldNamed(stage.fields, "depends_on");
    if (field === undefined) continue;
    const gone = new Set(stage.dependsOn.map(({ value }) => value).filter((id) => !selection.has(id)));
    edits.push(...removeIds(document, stage, field, stage.dependsOn, gone));
  }
  return {
    ok: true,
    edits,
    values: [...Array.from(inputs, ([name, guarded]) => inputValue({ name, guarded })), ...values.values()],
  };
}

/** The names of the input that the stages read, and whether all can do without. Refused where one reads it as a whole. */
function inputsRead(places: readonly EvaluatedPlace[]): ReadonlyMap<string, boolean> | Refusal {
  const names = new Map<string, boolean>();
  for (const { kind, node, stage, own } of places) {
    for (const { root, path, guarded } of referencesIn(kind, node.value)) {
      if (root !== "input" || own.has(root)) continue;
      const [name] = path;
      if (typeof name !== "string") {
        return refuse(`"${stage?.id ?? ""}" reads the whole input. Write out what it reads of it first.`);
      }
      names.set(name, guarded && names.get(name) !== false);
    }
  }
  return names;
}

function comesFromOutside(place: EvaluatedPlace, reference: Reference, selection: Selection): boolean {
  const named = place.idNamed(reference);
  if (named !== null) {
    if (selection.has(named.id)) return false;
    return isQualified(reference) || selection.graph.nodes.some(({ stage }) => stage.id === named.id);
  }
  const owner = variableOwner(selection.graph, place, reference);
  return owner !== null && !selection.has(owner);
}

function isQualified({ root }: Reference): boolean {
  return root === "upstream" || root === "stages";
}

/** In the rest, what is read of the stages is read from the result of the stage that calls them. */
export function outsideEdits(document: PipelineDocument, selection: Selection, caller: string): Crossing {
  const values = crossingValues([]);
  const names = selection.stages.map(localId);
  const edits: TextEdit[] = [];
  for (const place of evaluatedPlaces(document)) {
    if (place.stage !== null && selection.has(place.stage.id)) continue;
    if (!mayName(place.node.value, names)) continue;
    const { kind, node } = place;
    const changes = replaceReferences(kind, node.value, (reference) => {
      const named = place.idNamed(reference);
      if (named === null || !selection.has(named.id)) return null;
      const source = node.value.slice(reference.start, reference.end);
      const path = isQualified(reference) ? reference.path : [reference.root, ...reference.path];
      // Else what reads a stage that was skipped would be left without all of the others too.
      const reader = { guarded: reference.guarded || selection.maySkip(named.id) };
      return { steps: null, text: `upstream.${caller}.result.${values.nameOf(reader, source, path)}` };
    });
    if (changes === undefined) return unread(node.value, place.stage?.id ?? "the pipeline");
    edits.push(...editsInText(document, place, changes));
  }
  return { ok: true, edits, values: values.values() };
}

function unread(text: string, where: string): Refusal {
  return refuse(
    `The expression ${JSON.stringify(text)} of "${where}" cannot be rewritten. Change it in the text first.`,
  );
}
