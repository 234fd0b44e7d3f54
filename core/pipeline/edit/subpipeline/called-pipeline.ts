import { parseTemplate, wholeExpression } from "#core/expressions";
import { stageById } from "../../document/locate.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import { isJsonObject, type JsonMembers } from "../../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { fieldNamed, fieldsOf } from "../../stage/field-reader.ts";
import { type Refusal, refuse } from "../edit-result.ts";
import { sameJson } from "../same-json.ts";
import { EXTRACTED_LIMIT_MS, wasExtracted } from "./extracted-origin.ts";

/** Where the output of a called pipeline comes from. */
export type CalledOutput =
  /** From a last stage that gives values by name. */
  | {
      readonly kind: "collected";
      readonly by: string;
      readonly values: JsonMembers;
      /** What was made by extracting reads null where a stage was skipped; inlined, that is undone. */
      readonly nulls: "made" | "meant";
    }
  | { readonly kind: "stage"; readonly id: string }
  /** From several stages, or from none. */
  | { readonly kind: "unclear" };

/** A pipeline that can be written in place of the stage that calls it. */
export interface CalledPipeline {
  readonly ok: true;
  readonly output: CalledOutput;
  /** Its stages that are written on their own, without the one that collects its output. */
  readonly stages: readonly Stage[];
  readonly entries: readonly Stage[];
  readonly ends: readonly Stage[];
  readonly input: CalledInput;
}

/** The input of a called pipeline as the calling stage gives it. */
export type CalledInput =
  /** Member by member, defaults included. */
  | { readonly kind: "members"; readonly members: JsonMembers }
  | { readonly kind: "whole"; readonly expression: string };

/** Fields that a calling stage may have, for they say nothing that its stages could not say, or nothing of its run. */
const HARMLESS = new Set([
  ...[
    "id",
    "component_type",
    "component",
    "type",
    "uses",
    "name",
    "description",
    "config",
    "input_mapping",
    "inputs",
  ],
  ...["depends_on", "position", "timeout", "timeout_ms", "metadata", "tags"],
]);

const HARMLESS_CONFIG = new Set([
  ...[
    "pipeline_id",
    "pipeline_version",
    "input_data",
    "timeout_ms",
    "async_execution",
    "wait_for_completion",
  ],
  ...["inherit_context", "default_result"],
]);

/** What a pipeline has for itself; in place of the call it would have that of the caller. */
const OWN_SETTINGS = ["env", "defaults", "secrets"];

/** Reads a call and the pipeline it calls; refused where its stages would do something else in its place. */
export function calledPipeline(
  document: PipelineDocument,
  caller: Stage,
  called: PipelineDocument,
): CalledPipeline | Refusal {
  const reason = whyNotInline(document, caller, called);
  if (reason !== null) return refuse(reason);
  const graph = pipelineGraph(called);
  const tops = called.pipeline.stages.filter(({ nestedIn }) => nestedIn === null);
  const collector = collectorIn(called, tops);
  const returns = called.pipeline.stages.filter(({ componentType }) => componentType === "return");
  if (returns.some((stage) => stage !== collector?.stage)) {
    return refuse(
      `"${returns.find((stage) => stage !== collector?.stage)?.id ?? ""}" ends the called pipeline; here it would end this one.`,
    );
  }
  const stages = tops.filter((stage) => stage !== collector?.stage);
  const topOf = (id: string): string => id.split("/")[0] ?? id;
  const edges = graph.edges.filter(
    ({ from, to }) => topOf(from) !== topOf(to) && topOf(to) !== collector?.stage.id,
  );
  const ends = stages.filter(({ id }) => !edges.some(({ from }) => topOf(from) === id));
  const named = called.pipeline.outputStage?.value ?? null;
  const [only] = ends;
  const output: CalledOutput =
    collector !== null
      ? {
          kind: "collected",
          by: collector.stage.id,
          values: collector.values,
          nulls: wasExtracted(called.pipeline) ? "made" : "meant",
        }
      : named !== null && stageById(called, named) !== undefined
        ? { kind: "stage", id: named }
        : only !== undefined && ends.length === 1
          ? { kind: "stage", id: only.id }
          : { kind: "unclear" };
  return {
    ok: true,
    output,
    stages,
    entries: stages.filter(({ id }) => !edges.some(({ to }) => topOf(to) === id)),
    ends,
    input: inputOf(caller, called),
  };
}

function whyNotInline(document: PipelineDocument, caller: Stage, called: PipelineDocument): string | null {
  if (caller.componentType !== "subpipeline") return `"${caller.id}" calls no other pipeline.`;
  if (called.broken || called.pipeline.stages.length === 0)
    return "The called pipeline has no stages that could be read.";
  if (called.tree.identities.repeated.length > 0)
    return "Several stages of the called pipeline have the same id.";
  const { fields, extends: parent, abstract } = called.pipeline;
  if (parent !== null || abstract || fieldNamed(fields, "compositions") !== undefined) {
    return "The called pipeline is made of others. Only one that has all of its stages itself can be written in place of a call.";
  }
  const field = caller.fields.find(({ key, value }) => !HARMLESS.has(key) && value.kind !== "null");
  if (field !== undefined)
    return `"${caller.id}" has "${field.key}", which its stages would not have. Take it away first.`;
  const option = caller.config.find(({ key }) => !HARMLESS_CONFIG.has(key));
  if (option !== undefined)
    return `"${caller.id}" has "${option.key}" in its config, which its stages would not have. Take it away first.`;
  const data = inputData(caller);
  if (!isJsonObject(data) && wholeTemplate(data) === null)
    return `"${caller.id}" gives its pipeline an input_data that is neither an object nor one expression. Make it an object first.`;
  for (const key of OWN_SETTINGS) {
    const [theirs, ours] = [called, document].map(({ pipeline }) => fieldNamed(pipeline.fields, key)?.value);
    if (theirs === undefined) continue;
    if (ours === undefined || !sameJson(nodeToJson(theirs), nodeToJson(ours))) {
      return `The called pipeline has another "${key}" than this one. Make them the same first.`;
    }
  }
  return null;
}

/** The one `return` that does nothing but give values by their names, once all else has ended. */
function collectorIn(
  called: PipelineDocument,
  tops: readonly Stage[],
): { readonly stage: Stage; readonly values: JsonMembers } | null {
  const [stage, ...others] = tops.filter(({ componentType }) => componentType === "return");
  if (stage === undefined || others.length > 0) return null;
  const plain = new Set([
    "id",
    "component_type",
    "component",
    "type",
    "uses",
    "config",
    "depends_on",
    "position",
    "name",
  ]);
  if (
    stage.fields.some(({ key }) => !plain.has(key)) ||
    stage.config.some(({ key }) => key !== "return_value")
  )
    return null;
  const node = fieldNamed(stage.config, "return_value")?.value;
  const values = node === undefined ? null : nodeToJson(node);
  const isAwaited = pipelineGraph(called).edges.some(({ from }) => from === stage.id);
  return values === null || !isJsonObject(values) || isAwaited ? null : { stage, values };
}

function inputOf(caller: Stage, called: PipelineDocument): CalledPipeline["input"] {
  const data = inputData(caller);
  const whole = wholeTemplate(data);
  if (whole !== null) return { kind: "whole", expression: whole };
  const members = new Map<string, JsonValue>();
  const schema = fieldsOf(called.pipeline.inputSchema ?? undefined);
  for (const { key, value } of fieldsOf(fieldNamed(schema, "properties")?.value)) {
    const otherwise = fieldNamed(fieldsOf(value), "default")?.value;
    members.set(key, otherwise === undefined ? null : nodeToJson(otherwise));
  }
  for (const [key, value] of Object.entries(isJsonObject(data) ? data : {})) members.set(key, value);
  for (const { key, value } of caller.inputMapping) {
    if (!HARMLESS_CONFIG.has(key)) members.set(key, nodeToJson(value));
  }
  return { kind: "members", members: Object.fromEntries(members) };
}

function inputData(caller: Stage): JsonValue {
  const given = fieldNamed(caller.inputMapping, "input_data") ?? fieldNamed(caller.config, "input_data");
  return given === undefined || given.value.kind === "null" ? {} : nodeToJson(given.value);
}

/** What stands between the braces of a text that is one expression; null for any other value. */
function wholeTemplate(data: JsonValue): string | null {
  if (typeof data !== "string" || wholeExpression(parseTemplate(data)) === undefined) return null;
  return data.trim().slice(2, -2).trim();
}

/** The field that limits the time of a call, where its stages would lose a limit that somebody set; else null. */
export function ownLimit(caller: Stage): string | null {
  const fields = [...caller.fields.filter(({ key }) => key.startsWith("timeout")), ...caller.config];
  const limit = fields.find(
    ({ key, value }) =>
      (key === "timeout" || key === "timeout_ms") &&
      value.kind !== "null" &&
      nodeToJson(value) !== EXTRACTED_LIMIT_MS,
  );
  return limit?.key ?? null;
}
