import { type PipelineDocument, type PipelineGraph, pipelineGraph, type Stage } from "#core/pipeline";
import type { Diff } from "./stage-change.ts";

/** Two pipelines as graphs with the same ids for the same stages, and the graph of all that either has. */
export interface UnionGraph {
  readonly before: PipelineGraph;
  readonly after: PipelineGraph;
  readonly union: PipelineGraph;
}

/**
 * Puts two pipelines together: the stages and edges of `after`, and those of `before` that are gone. Stages that have
 * another id now have the new one in all three graphs.
 */
export function unionGraph(
  before: PipelineDocument,
  after: PipelineDocument,
  { renamed }: Pick<Diff, "renamed">,
): UnionGraph {
  const now = pipelineGraph(after);
  const ids = new Map(renamed.map((each) => [each.before, each.after]));
  const old = withIds(pipelineGraph(before), (id) => ids.get(id) ?? id);
  const stages = new Set(now.nodes.map(({ stage }) => stage.id));
  const pairs = new Set(now.edges.map(pairOf));
  const union = {
    ...now,
    nodes: [...now.nodes, ...old.nodes.filter(({ stage }) => !stages.has(stage.id))],
    edges: [...now.edges, ...old.edges.filter((edge) => !pairs.has(pairOf(edge)))],
  };
  return { before: old, after: now, union };
}

function pairOf({ from, to }: PipelineGraph["edges"][number]): string {
  return JSON.stringify([from, to]);
}

function withIds(graph: PipelineGraph, idOf: (id: string) => string): PipelineGraph {
  return {
    ...graph,
    nodes: graph.nodes.map(({ stage, owner }) => ({
      stage: stageWithIds(stage, idOf),
      owner: owner === null ? null : { ...owner, stage: idOf(owner.stage) },
    })),
    edges: graph.edges.map((edge) => ({ ...edge, from: idOf(edge.from), to: idOf(edge.to) })),
  };
}

function stageWithIds(stage: Stage, idOf: (id: string) => string): Stage {
  const arms = stage.arms.map((arm) => ({
    ...arm,
    stages: arm.stages.map((member) => ({ ...member, value: idOf(member.value) })),
  }));
  return { ...stage, id: idOf(stage.id), arms };
}
