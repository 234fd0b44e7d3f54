import { stageById } from "../../document/locate.ts";
import { parsePipeline } from "../../document/parse-pipeline.ts";
import { isJsonObject } from "../../json/json-object.ts";
import { nodeToJson } from "../../json/node-to-json.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { applyTextEdits } from "../../text-edit.ts";
import { done, type Refusal } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { newTopIds, renameIds } from "../names/rename-ids.ts";
import { uniqueStageIds } from "../new-stage-id.ts";
import { setValue } from "../set-value.ts";
import { inputEdits } from "./call-values.ts";
import type { CalledPipeline } from "./called-pipeline.ts";
import { readOrigin } from "./extracted-origin.ts";

/** The called pipeline, with ids that are free here and the caller's values in place of its input. */
export interface FittedCall extends Omit<CalledPipeline, "stages" | "entries" | "ends"> {
  readonly document: PipelineDocument;
  /** New ids by the old ones. */
  readonly ids: ReadonlyMap<string, string>;
  readonly stages: readonly Stage[];
  readonly entries: readonly string[];
  readonly ends: readonly string[];
  readonly inArms: ReadonlySet<string>;
}

/** Makes a called pipeline fit in place of its call. */
export function fitCalled(
  document: PipelineDocument,
  caller: Stage,
  source: PipelineDocument,
  call: CalledPipeline,
): FittedCall | Refusal {
  const wanted = call.stages.map(({ id }) => id);
  const ids = uniqueStageIds(document, wanted, new Set(), caller.nestedIn);
  const renamed = renameIds(source, newTopIds(ids));
  if (!renamed.ok) return renamed;
  const named = parsePipeline(applyTextEdits(source.text, renamed.edits));
  const given = inputEdits(named, call.input);
  if (!given.ok) return given;
  const origin = readOrigin(source.pipeline);
  const result = inSteps(named, [
    () => done(given.edits),
    ...call.stages.map((stage): EditStep => {
      const waits = waitsOf(caller, call, stage, origin.waits);
      const id = ids.get(stage.id) ?? stage.id;
      return (current) => {
        const now = stageById(current, id);
        if (now === undefined || waits.length === 0) return done([]);
        const own = now.dependsOn.map(({ value }) => value);
        return setValue(current, id, ["depends_on"], [...waits, ...own]);
      };
    }),
  ]);
  if (!result.ok) return result;
  const fitted = parsePipeline(applyTextEdits(named.text, result.edits));
  const rename = ({ id }: Stage): string => ids.get(id) ?? id;
  return {
    ok: true,
    document: fitted,
    ids,
    output: outputAfter(fitted, call, ids),
    input: call.input,
    stages: fitted.pipeline.stages.filter(
      ({ id, nestedIn }) => nestedIn === null && [...ids.values()].includes(id),
    ),
    entries: call.entries.map(rename),
    ends: call.ends.map(rename),
    inArms: new Set(
      fitted.pipeline.stages.flatMap(({ arms }) =>
        arms.flatMap(({ stages }) => stages.map(({ value }) => value)),
      ),
    ),
  };
}

/** What of the caller's dependencies a stage waits for: as it did before it was extracted, else all, where it is the first. */
function waitsOf(
  caller: Stage,
  call: CalledPipeline,
  stage: Stage,
  waits: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const known = (id: string, each: string): boolean =>
    Object.hasOwn(waits, each) && waits[each]?.includes(id) === true;
  return caller.dependsOn.flatMap(({ value }) => {
    const name = value.slice(value.lastIndexOf("/") + 1);
    const isKnown = call.stages.some(({ id }) => known(name, id));
    const waiting = isKnown ? known(name, stage.id) : call.entries.includes(stage);
    return waiting ? [name] : [];
  });
}

function outputAfter(
  fitted: PipelineDocument,
  { output }: CalledPipeline,
  ids: ReadonlyMap<string, string>,
): CalledPipeline["output"] {
  switch (output.kind) {
    case "stage":
      return { kind: "stage", id: ids.get(output.id) ?? output.id };
    case "unclear":
      return output;
    case "collected": {
      const collector = stageById(fitted, output.by);
      const values = collector?.config.find(({ key }) => key === "return_value")?.value;
      const json = values === undefined ? undefined : nodeToJson(values);
      return isJsonObject(json) ? { ...output, values: json } : output;
    }
  }
}
