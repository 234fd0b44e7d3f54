import type { ExtractSubpipeline } from "../../canvas-edit.ts";
import { parsePipeline } from "../../document/parse-pipeline.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { JsonMembers } from "../../json/json-object.ts";
import type { PipelineDocument } from "../../model.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import { applyTextEdits, type TextEdit } from "../../text-edit.ts";
import { localId } from "../clipping/copy-stages.ts";
import { deleteStages } from "../delete-stages.ts";
import { done, type EditResult, type Refusal, refuse, withNotes } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { homeBeside, idAt, insertStage } from "../insert-stage.ts";
import { moveStages } from "../move-stages.ts";
import { evaluatedPlaces } from "../names/evaluated-places.ts";
import { type ListedName, listedNames } from "../names/listed-names.ts";
import { newStageId, whyNotId } from "../new-stage-id.ts";
import { typeKeyOf } from "../stage-spelling.ts";
import { insideEdits, outsideEdits } from "./crossing-edits.ts";
import { type CrossingValue, sourceTemplate } from "./crossing-values.ts";
import { EXTRACTED_LIMIT_MS, type ExtractedOrigin } from "./extracted-origin.ts";
import { referencesIn } from "./replace-references.ts";
import { type Selection, selectionOf } from "./selection.ts";
import { writeExtracted } from "./write-extracted.ts";

/** What making a pipeline of stages comes to: the new file, and what changes in this one. */
export type ExtractedPipeline = (EditResult & { readonly ok: true; readonly file: string }) | Refusal;

/**
 * Makes stages a pipeline of their own, called by one stage in their place. What they read of the rest is its input,
 * one name for each path; what the rest reads of them is its output, by names too. Refused where it would do
 * something else than before.
 */
export function extractSubpipeline(document: PipelineDocument, edit: ExtractSubpipeline): ExtractedPipeline {
  const selection = selectionOf(document, edit.stages);
  if (!selection.ok) return selection;
  const name = edit.id ?? newStageId(document, "subpipeline");
  const reason = whyNotId(document, name);
  if (reason !== null) return refuse(reason);
  const [first] = selection.stages;
  const last = selection.stages.at(-1);
  if (first === undefined || last === undefined) return refuse("There are no stages selected.");
  const home = homeBeside(document, last);
  const caller = idAt(home, name);
  const inside = insideEdits(document, selection);
  if (!inside.ok) return inside;
  const outside = outsideEdits(document, selection, name);
  if (!outside.ok) return outside;
  const output = document.pipeline.outputStage?.value ?? null;
  const isOutput = output !== null && selection.has(output);
  const file = writeExtracted(document, {
    name: edit.name,
    selection,
    edits: inside.edits,
    inputs: inside.values,
    outputs: outside.values,
    output: isOutput ? output : null,
    origin: originOf(document, selection),
  });
  const waits = [
    ...new Set(selection.stages.flatMap(({ dependsOn }) => dependsOn.map(({ value }) => value))),
  ];
  const result = inSteps(document, [
    () => done(outside.edits),
    (current) =>
      insertStage(
        current,
        home,
        name,
        callerFields(
          document,
          edit,
          inside.values,
          waits.filter((id) => !selection.has(id)),
        ),
      ),
    (current) => nameCaller(current, selection, caller),
    (current) =>
      deleteStages(
        current,
        selection.stages.map(({ id }) => id),
      ),
    placeCaller(document, selection, caller),
  ]);
  if (!result.ok) return result;
  const [cycle] = pipelineGraph(parsePipeline(applyTextEdits(document.text, result.edits))).cycles;
  if (cycle !== undefined) {
    const others = cycle.filter((each) => each !== caller).map((each) => `"${each}"`);
    return refuse(`${others.join(", ")} would have to run between the stages. Choose it too.`);
  }
  const notes = [
    ...(isOutput
      ? [`The output of this pipeline is now that of "${caller}": what "${output}" gave is in its "result".`]
      : []),
    ...readersOfSkipped(document, selection).map(
      (reader) => `"${reader}" was skipped where what it reads was; now it runs, and reads null.`,
    ),
  ];
  const noted = withNotes(result, notes);
  return noted.ok ? { ...noted, file } : noted;
}

function callerFields(
  document: PipelineDocument,
  { name, reference }: ExtractSubpipeline,
  inputs: readonly CrossingValue[],
  waits: readonly string[],
): JsonMembers {
  const input = Object.fromEntries(inputs.map((value) => [value.name, sourceTemplate(value)]));
  return {
    [typeKeyOf(document)]: "subpipeline",
    name,
    config: {
      pipeline_id: reference,
      ...(inputs.length === 0 ? {} : { input_data: input }),
      timeout_ms: EXTRACTED_LIMIT_MS,
    },
    ...(waits.length === 0 ? {} : { depends_on: waits.map(ownName) }),
  };
}

function originOf(document: PipelineDocument, selection: Selection): ExtractedOrigin {
  const waits = selection.stages.flatMap((stage) => {
    const outside = stage.dependsOn.map(({ value }) => value).filter((id) => !selection.has(id));
    return outside.length === 0 ? [] : [[localId(stage), outside.map(ownName)] as const];
  });
  const lists = new Map<string, string[]>();
  for (const { id, list } of mentionsOf(document, selection))
    lists.set(list, [...(lists.get(list) ?? []), ownName(id)]);
  return { waits: Object.fromEntries(waits), lists: Object.fromEntries(lists) };
}

/** The places in lists of the rest that name a stage of the selection. */
function mentionsOf(
  document: PipelineDocument,
  selection: Selection,
): readonly (ListedName & { readonly list: string })[] {
  return listedNames(document).flatMap((name) => {
    const { id, list, stage } = name;
    return list === null || !selection.has(id) || (stage !== null && selection.has(stage))
      ? []
      : [{ ...name, list }];
  });
}

function ownName(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The stages of the rest that read one which may be skipped, and cannot do without it. */
function readersOfSkipped(document: PipelineDocument, selection: Selection): readonly string[] {
  const readers = evaluatedPlaces(document).flatMap(({ kind, node, stage, idNamed }) => {
    if (stage === null || selection.has(stage.id)) return [];
    const reads = referencesIn(kind, node.value).some((reference) => {
      const named = reference.guarded ? null : idNamed(reference);
      return named !== null && selection.maySkip(named.id);
    });
    return reads ? [stage.id] : [];
  });
  return [...new Set(readers)];
}

/** Puts the calling stage in place of the first of the stages in each list; the others go with them. */
function nameCaller(document: PipelineDocument, selection: Selection, caller: string): EditResult {
  const named = new Set<string>();
  const edits: TextEdit[] = [];
  for (const { list, stage, span, written } of mentionsOf(document, selection)) {
    if (named.has(list)) continue;
    named.add(list);
    // From outside of the body that they are in, they are named by their path.
    const name = stage === null || written.includes("/") ? caller : ownName(caller);
    edits.push({ offset: span.start, length: span.end - span.start, text: JSON.stringify(name) });
  }
  return done(edits);
}

/** The calling stage stands where the first of the stages stood that had a place. */
function placeCaller(document: PipelineDocument, selection: Selection, caller: string): EditStep {
  const places = selection.stages.flatMap((stage) => {
    const line = fieldNamed(document.pipeline.layout, stage.id)?.value;
    const fields = line?.kind === "object" ? line.properties : [];
    const [x, y] = [fieldNamed(fields, "x")?.value, fieldNamed(fields, "y")?.value];
    const written = x?.kind === "number" && y?.kind === "number" ? { x: x.value, y: y.value } : null;
    return stage.position?.value ?? written ?? [];
  });
  const [place] = places;
  return (current) => (place === undefined ? done([]) : moveStages(current, [{ stage: caller, ...place }]));
}
