import { absoluteSpan, type PipelineDocument, type Stage } from "#core/pipeline";

/** Whether two texts run the same: nothing but positions and white space outside stages differs. */
export function sameLogic(before: PipelineDocument, after: PipelineDocument): boolean {
  const old = before.pipeline.stages;
  const now = after.pipeline.stages;
  return (
    !after.broken &&
    old.length === now.length &&
    now.every((stage, index) => {
      const other = old[index];
      return other !== undefined && (other === stage || logicOf(before, other) === logicOf(after, stage));
    }) &&
    topLevel(before) === topLevel(after)
  );
}

// Fields that a run does not read, or that are compared stage by stage.
const IGNORED_IN_STAGE = new Set(["position"]);
const IGNORED_AT_TOP = new Set(["layout", "stages"]);

function logicOf(document: PipelineDocument, stage: Stage): string {
  const fields = stage.fields.filter(({ key }) => !IGNORED_IN_STAGE.has(key));
  return JSON.stringify([
    stage.id,
    ...fields.map(({ key, value }) => {
      const { start, end } = absoluteSpan(document, stage, value.span);
      return [key, document.text.slice(start, end)];
    }),
  ]);
}

function topLevel({ pipeline, text }: PipelineDocument): string {
  const fields = pipeline.fields.filter(({ key }) => !IGNORED_AT_TOP.has(key));
  return JSON.stringify(fields.map(({ key, value }) => [key, text.slice(value.span.start, value.span.end)]));
}
