import { type PipelineDocument, readingCode } from "#core/pipeline";

/** Why a text that can be read is no pipeline. */
export type NoPipeline =
  /** It is a list, a word or a number. */
  | { readonly kind: "no-object" }
  /** It has no stages, and keys that no pipeline has: likely a file of another program. */
  | { readonly kind: "other-keys"; readonly keys: readonly string[] };

/** Null for a pipeline, be it one without any stage yet. */
export function noPipeline(document: PipelineDocument): NoPipeline | null {
  if (isNoObject(document)) return { kind: "no-object" };
  const { problems, pipeline } = document;
  if (!problems.some(({ code }) => code === readingCode.stagesMissing)) return null;
  const keys = pipeline.fields.map(({ key }) => key);
  const others = keys.filter((key) => !ofPipelines.has(key) && !ofAnything.has(key));
  return others.length === 0 || keys.some((key) => ofPipelines.has(key))
    ? null
    : { kind: "other-keys", keys: others };
}

/** Whether a text that can be read is a list, a word or a number, in which nothing can be added. */
export function isNoObject({ broken, tree, text }: PipelineDocument): boolean {
  return !broken && tree.root === null && text.trim() !== "";
}

/** Keys that say that a file is a pipeline, whatever else it has or lacks. */
const ofPipelines: ReadonlySet<string> = new Set([
  "stages",
  "input_schema",
  "output_schema",
  "output_stage_id",
  "output_stage",
  "output_config",
  "sample_input",
  "example_input",
  "compositions",
  "overrides",
]);

/** Keys that files of any kind have. */
const ofAnything: ReadonlySet<string> = new Set([
  "$schema",
  "id",
  "name",
  "version",
  "description",
  "category",
  "tags",
  "layout",
]);
