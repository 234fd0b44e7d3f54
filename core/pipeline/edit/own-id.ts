import type { PipelineDocument, Stage } from "../model.ts";

/** The id of a stage as it is written: without those of the stages around, and with a `/` that it may have itself. */
export function ownId({ id, nestedIn }: Stage): string {
  return nestedIn === null ? id : id.slice(nestedIn.length + 1);
}

/**
 * Why ids of this file cannot be rewritten, for people: a stage has a `/` in its own id, which none may have, and it
 * would be taken for the end of another's. Giving it another id is possible. Null where no stage has one.
 */
export function slashReason({ pipeline }: PipelineDocument): string | null {
  const odd = pipeline.stages.find((stage) => stage.id.includes("/") && ownId(stage).includes("/"));
  return odd === undefined
    ? null
    : `The id ${JSON.stringify(ownId(odd))} has a "/" in it. Give that stage another id first.`;
}
