import { stageById } from "../document/locate.ts";
import type { PipelineDocument, Stage, StageIdentities } from "../model.ts";
import { builtInDeferredFields, type DeferredFields } from "./deferred-fields.ts";
import { impliedStages, type StageLookUp } from "./implied-stages.ts";
import { orderStages } from "./order-stages.ts";
import { ownersOf, type StageOwner } from "./owners.ts";
import { hasSameLinks } from "./same-links.ts";

/** The stages of a pipeline and what each waits for. */
export interface PipelineGraph {
  /** One for each stage, in file order. */
  readonly nodes: readonly GraphNode[];
  /** Between stages of this file; what names none is core/checks' to report. */
  readonly edges: readonly GraphEdge[];
  /** Ids so that each stage comes after those it waits for, as near to file order as that allows. */
  readonly order: readonly string[];
  /** Stages that wait for each other: each is followed by one that waits for it, the last by the first. */
  readonly cycles: readonly (readonly string[])[];
}

export interface GraphNode {
  readonly stage: Stage;
  /**
   * The stage it runs inside (foreach, trycatch) or is written inside (map dialect), and in which arm. What a
   * conditional or router enables runs where that one runs.
   */
  readonly owner: StageOwner | null;
}

/** `to` waits for `from`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /**
   * `declared`: in `depends_on`. `implicit`: only an expression of `to` names `from`. `branch`: `to` is in an arm of
   * `from`, which may declare it too.
   */
  readonly kind: "declared" | "implicit" | "branch";
}

export interface GraphOptions {
  /** Which fields of a component hold expressions of their own kind; FlowMason's components are known without. */
  readonly deferredFields?: DeferredFields;
}

/**
 * The latest graph of a document and of those it was read on from: they share the object that knows their ids as
 * long as no id changes. Most keystrokes change no edge either, and then only the stages in the nodes are new.
 */
const latest = new WeakMap<StageIdentities, Map<DeferredFields, PipelineGraph>>();

/**
 * The graph of a document (design, "Execution"). Of stages with the same id only the first takes part in edges.
 * The expressions of a stage are read once for each stage, and the graph of the last text is kept where it holds.
 */
export function pipelineGraph(document: PipelineDocument, options: GraphOptions = {}): PipelineGraph {
  const deferredFields = options.deferredFields ?? builtInDeferredFields;
  const { identities } = document.tree;
  const known = latest.get(identities) ?? new Map<DeferredFields, PipelineGraph>();
  latest.set(identities, known);
  const previous = known.get(deferredFields);
  const graph =
    previous === undefined
      ? buildGraph(document, deferredFields)
      : (keptGraph(previous, document, deferredFields) ?? buildGraph(document, deferredFields));
  known.set(deferredFields, graph);
  return graph;
}

/** The previous graph with the stages of the document; undefined when one of them has other links. */
function keptGraph(
  previous: PipelineGraph,
  { pipeline }: PipelineDocument,
  deferredFields: DeferredFields,
): PipelineGraph | undefined {
  const { stages } = pipeline;
  const { nodes } = previous;
  if (stages.every((stage, index) => stage === nodes[index]?.stage)) return previous;
  const holds = stages.every((stage, index) => {
    const before = nodes[index]?.stage;
    return before !== undefined && hasSameLinks(before, stage, deferredFields);
  });
  if (!holds) return undefined;
  return {
    ...previous,
    nodes: stages.map((stage, index) => {
      const node = nodes[index];
      return node?.stage === stage ? node : { stage, owner: node?.owner ?? null };
    }),
  };
}

function buildGraph(document: PipelineDocument, deferredFields: DeferredFields): PipelineGraph {
  const { stages } = document.pipeline;
  const { byId } = document.tree.identities;
  const owners = ownersOf(stages, byId);
  const nodes = stages.map((stage, index) => ({ stage, owner: owners[index] ?? null }));
  const lookUp: StageLookUp = {
    stage: (id) => stageById(document, id),
    ownerOf: (id) => nodes[byId.get(id) ?? -1]?.owner ?? null,
  };
  const edges: GraphEdge[] = [];
  stages.forEach((stage, index) => {
    if (byId.get(stage.id) !== index) return;
    const declared = new Set(stage.dependsOn.flatMap(({ value }) => (byId.has(value) ? [value] : [])));
    for (const from of declared) edges.push({ from, to: stage.id, kind: "declared" });
    for (const from of impliedStages(stage, lookUp, deferredFields)) {
      if (!declared.has(from)) edges.push({ from, to: stage.id, kind: "implicit" });
    }
    const inArms = new Set(stage.arms.flatMap((arm) => arm.stages.map(({ value }) => value)));
    for (const to of inArms) {
      if (byId.has(to) && to !== stage.id) edges.push({ from: stage.id, to, kind: "branch" });
    }
  });
  return { nodes, edges, ...orderStages(nodes, edges, byId) };
}
