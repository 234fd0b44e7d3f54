import type { InlineSubpipeline } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import { parsePipeline } from "../../document/parse-pipeline.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { applyTextEdits, type TextEdit } from "../../text-edit.ts";
import { deleteStages } from "../delete-stages.ts";
import { done, type EditResult, refuse, withNotes } from "../edit-result.ts";
import { inSteps } from "../in-steps.ts";
import { homeBeside } from "../insert-stage.ts";
import { type ListedName, listedNames } from "../names/listed-names.ts";
import { beginsLine, indentAt } from "../surroundings.ts";
import { writingStyleOf } from "../writing-style.ts";
import { readerEdits } from "./call-values.ts";
import { calledPipeline, ownLimit } from "./called-pipeline.ts";
import { readOrigin } from "./extracted-origin.ts";
import { type FittedCall, fitCalled } from "./fit-call.ts";
import { writeCalled } from "./write-called.ts";

/**
 * Writes the stages of a called pipeline in place of the stage that calls it: what they read of their input is what it
 * gave them, what is read of its result is what they give. The opposite of {@link extractSubpipeline}. Refused where
 * it would do something else than before.
 */
export function inlineSubpipeline(
  document: PipelineDocument,
  { stage: id, pipeline }: InlineSubpipeline,
): EditResult {
  const caller = stageById(document, id);
  if (caller === undefined) return refuse(`There is no stage "${id}" in this file.`);
  const source = parsePipeline(pipeline);
  const call = calledPipeline(document, caller, source);
  if (!call.ok) return call;
  const fitted = fitCalled(document, caller, source, call);
  if (!fitted.ok) return fitted;
  const outside = readerEdits(document, caller, fitted.output);
  if (!outside.ok) return outside;
  const home = homeBeside(document, caller);
  const origin = readOrigin(source.pipeline);
  const lists = (name: ListedName): readonly string[] | null => {
    const known =
      name.list === null
        ? undefined
        : Object.hasOwn(origin.lists, name.list)
          ? origin.lists[name.list]
          : undefined;
    const ids = known?.flatMap((each) => fitted.ids.get(each) ?? []);
    if (ids !== undefined && ids.length === known?.length && ids.length > 0) return ids;
    return usualNames(document, caller, fitted, name);
  };
  const result = inSteps(document, [
    () => done(outside.edits),
    (current) => nameStages(current, caller, lists),
    ...writeCalled(document, fitted, home),
    (current) => deleteStages(current, [id]),
  ]);
  if (!result.ok) return result;
  const after = parsePipeline(applyTextEdits(document.text, result.edits));
  if (pipelineGraph(after).cycles.length > pipelineGraph(document).cycles.length) {
    return refuse(
      "Stages would wait for each other: the called pipeline gives something that it waits for itself.",
    );
  }
  const isOutput = document.pipeline.outputStage?.value === id;
  const limit = ownLimit(caller);
  return withNotes(result, [
    ...(isOutput
      ? [`The output of this pipeline was that of the call "${id}"; now it is what its stages give.`]
      : []),
    ...(limit === null
      ? []
      : [`The "${limit}" of the call "${id}" is gone: its stages have no limit together.`]),
  ]);
}

/** What stands in a list in place of the call, where nothing is known of how it came to be. */
function usualNames(
  document: PipelineDocument,
  caller: Stage,
  { stages, entries, ends, inArms, output }: FittedCall,
  { list, stage }: ListedName,
): readonly string[] | null {
  if (list === "output") return output.kind === "stage" ? [output.id] : null;
  if (list === `${stage ?? ""} depends_on` || list?.startsWith("composition ")) return ends;
  const arm = stageById(document, stage ?? "")?.arms.find(({ stages: members }) =>
    members.some(({ value }) => value === caller.id),
  );
  const all = stages.map(({ id }) => id).filter((id) => !inArms.has(id));
  return arm === undefined || isOwningArm(arm.arm) ? all : entries;
}

/** Puts the stages in place of the calling one in each list. */
function nameStages(
  document: PipelineDocument,
  caller: Stage,
  namesFor: (name: ListedName) => readonly string[] | null,
): EditResult {
  const { text } = document;
  const { eol, gap } = writingStyleOf(document);
  const edits: TextEdit[] = [];
  for (const name of listedNames(document)) {
    const { id, list, span, written } = name;
    if (id !== caller.id || list === null) continue;
    const path = written.includes("/") ? id.slice(0, id.lastIndexOf("/") + 1) : "";
    const ids = namesFor(name);
    if (ids === null)
      return refuse(
        `The output of this pipeline is that of "${caller.id}", and no one stage of the called pipeline gives it.`,
      );
    const separator = beginsLine(text, span.start) ? `,${eol}${indentAt(text, span.start)}` : `,${gap}`;
    edits.push({
      offset: span.start,
      length: span.end - span.start,
      text: ids.map((each) => JSON.stringify(path + each)).join(separator),
    });
  }
  return done(edits);
}
