import type { Stage, StageIdentities } from "#core/pipeline";
import { declaredInputs } from "./declared-inputs.ts";
import type { PipelineView } from "./pipeline-view.ts";
import { mayBeSkipped } from "./rules/unused-outputs.ts";
import { type StageOrder, stageOrder } from "./stage-order.ts";

/**
 * How the stages of a pipeline hang together. The same object for as long as every stage keeps its shape, so that
 * what was found about a stage can be kept while another one's prompt is typed.
 */
export interface Structure extends StageOrder {
  /** Names of the pipeline's inputs; empty when its schema leaves open what there is. */
  readonly inputs: readonly string[];
  /** Whether some stage may not run, so that the output may come from another one than the named one. */
  readonly canSkip: boolean;
}

interface Known {
  stages: readonly Stage[];
  shapes: readonly string[];
  readonly about: string;
  readonly structure: Structure;
}

/** What was known of a document with these ids; an edit that changes no id keeps the object. */
const known = new WeakMap<StageIdentities, Known>();

/** The structure of a pipeline; cheap when nothing of it has changed. */
export function structureOf(view: PipelineView): Structure {
  const { pipeline, tree, dialect } = view.document;
  const inputs = declaredInputs(pipeline.inputSchema);
  const about = JSON.stringify([dialect === "L3", view.inherits, pipeline.outputStage?.value, inputs]);
  const before = known.get(tree.identities);
  if (before?.about === about && hasSameShapes(view, before)) return before.structure;
  const canSkip = pipeline.stages.some(mayBeSkipped);
  const structure: Structure = { inputs, canSkip, ...stageOrder(view) };
  const shapes = view.stages.map(({ shape }) => shape);
  known.set(tree.identities, { stages: pipeline.stages, shapes, about, structure });
  return structure;
}

function hasSameShapes(view: PipelineView, before: Known): boolean {
  const { stages } = view.document.pipeline;
  if (stages.length !== before.stages.length) return false;
  for (let index = 0; index < stages.length; index++) {
    if (stages[index] !== before.stages[index] && view.stages[index]?.shape !== before.shapes[index])
      return false;
  }
  before.stages = stages;
  return true;
}
