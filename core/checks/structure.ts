import type { ValueType } from "#core/expressions";
import { readSecrets, type Stage, type StageIdentities } from "#core/pipeline";
import { declaredInputs } from "./declared-inputs.ts";
import type { PipelineView } from "./pipeline-view.ts";
import { inputTypes } from "./schema-type.ts";
import { deliveryFacts, type StageFacts } from "./stage-facts.ts";
import type { StageLink } from "./stage-links.ts";
import { type StageOrder, stageOrder } from "./stage-order.ts";
import type { StageShape } from "./stage-shape.ts";

/**
 * What a name in the pipeline can mean. The same object for as long as every stage keeps its face, so that what was
 * found about a stage can be kept while another one's prompt is typed.
 */
export interface Names {
  /** Names of the pipeline's inputs; empty when its schema leaves open what there is. */
  readonly inputs: readonly string[];
  /** Names of the secrets that the pipeline declares. */
  readonly secrets: readonly string[];
  /** What an input can be, as far as the schema says it. */
  readonly inputTypes: Readonly<Record<string, ValueType>>;
  readonly outputStage: string | null;
  /** Stages that `output_config` reads. */
  readonly delivered: readonly string[];
  /** Whether some stage may not run, so that the output may come from another one than the named one. */
  readonly canSkip: boolean;
}

interface Known {
  stages: readonly Stage[];
  shapes: StageShape[];
  readonly about: string;
  readonly names: Names;
  order: StageOrder | null;
}

/** What was known of a document with these ids; an edit that changes no id keeps the object. */
const known = new WeakMap<StageIdentities, Known>();

/** The names of a pipeline; cheap when nothing of them has changed. */
export function namesOf(view: PipelineView): Names {
  const { pipeline, tree, dialect } = view.document;
  const inputs = declaredInputs(pipeline.inputSchema);
  const outputStage = view.inherits ? null : (pipeline.outputStage?.value ?? null);
  const secrets = readSecrets(pipeline.fields).declared.map(({ name }) => name);
  const types = inputTypes(pipeline.inputSchema);
  const delivered = deliveredIn(view);
  const about = JSON.stringify([
    dialect === "L3",
    view.inherits,
    outputStage,
    inputs,
    types,
    secrets,
    delivered,
  ]);
  const before = known.get(tree.identities);
  if (before?.about === about && takeShapes(view, before)) return before.names;
  const names: Names = {
    inputs,
    inputTypes: types,
    secrets,
    outputStage,
    delivered,
    canSkip: pipeline.stages.some(mayBeSkipped),
  };
  known.set(tree.identities, {
    stages: pipeline.stages,
    shapes: view.stages.map(({ shape }) => shape),
    about,
    names,
    order: null,
  });
  return names;
}

/** The order of a pipeline whose names were asked for; worked out anew when a stage names others than it did. */
export function orderOf(
  view: PipelineView,
  linksOf: (facts: StageFacts) => readonly StageLink[],
): StageOrder {
  const now = known.get(view.document.tree.identities);
  const order = now?.order ?? stageOrder(view, view.stages.map(linksOf));
  if (now !== undefined) now.order = order;
  return order;
}

/** Takes the stages' shapes over; false when one has another face. */
function takeShapes(view: PipelineView, before: Known): boolean {
  const { stages } = view.document.pipeline;
  if (stages.length !== before.stages.length) return false;
  for (let index = 0; index < stages.length; index++) {
    const shape = view.stages[index]?.shape;
    const old = before.shapes[index];
    if (stages[index] === before.stages[index] || shape === undefined) continue;
    if (shape.face !== old?.face) return false;
    if (shape.names !== old.names) before.order = null;
    before.shapes[index] = shape;
  }
  before.stages = stages;
  return true;
}

function deliveredIn(view: PipelineView): readonly string[] {
  const facts = deliveryFacts(view.document, view.project.definitions);
  if (facts === null) return [];
  return view.referencesOf(facts).flatMap((named) => (named.kind === "stage" ? [named.stage.id] : []));
}

/** Whether a stage can be skipped, or skip others. */
function mayBeSkipped({ when, enabled, arms, onError }: Stage): boolean {
  return when !== null || !enabled || arms.length > 0 || onError !== null;
}
