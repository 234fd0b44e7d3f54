import { completeInputs, resolveInProject } from "#core/component-definitions";
import { fitInput } from "#core/components";
import { findReference, isJsonObject, type JsonValue, nodeToJson } from "#core/pipeline";
import { callsOf } from "../called-pipelines.ts";
import { isConstant } from "../constant.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** An input that is constant must be what the called pipeline takes; what has templates is known only in a run. */
export function* unfittingCallInput(view: PipelineView): Iterable<PlacedFinding> {
  const { path, document, project } = view;
  if (path === null) return;
  for (const { stage, reference, span } of callsOf(document)) {
    const found = findReference(project.pipelines, reference, path);
    const facts = view.stages.find((each) => each.stage === stage);
    const input = facts === undefined ? null : constantInput(facts);
    if (found.kind !== "found" || input === null) continue;
    const { pipeline } = resolveInProject(found.entry.document, project, found.entry.path).document;
    const checked = fitInput(pipeline.inputSchema, input);
    if (checked.ok) continue;
    const message = `The pipeline in ${found.entry.path} does not take this input. ${checked.messages.join(" ")}`;
    yield { stage, rule: "unfitting-call-input", message, span };
  }
}

/** The input of a call of which nothing depends on the run; null for any other. */
function constantInput({ definition, inputs }: StageFacts): JsonValue | null {
  if (definition === undefined || !inputs.every(({ value }) => isConstant(value))) return null;
  const written = Object.fromEntries(
    inputs.flatMap(({ field, value }) => (field === undefined ? [] : [[field, nodeToJson(value)]])),
  );
  // What is given by names of its own is the called pipeline's input.
  const named = Object.fromEntries(
    inputs.flatMap(({ field, from, key, value }) =>
      field === undefined && from !== "config" ? [[key, nodeToJson(value)]] : [],
    ),
  );
  const completed = completeInputs(definition, written);
  const given = completed.ok ? completed.inputs["input_data"] : undefined;
  return isJsonObject(given) ? { ...given, ...named } : null;
}
