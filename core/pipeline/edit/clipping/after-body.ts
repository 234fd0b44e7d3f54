import { isOwningArm } from "../../graph/owners.ts";
import { type GraphNode, pipelineGraph } from "../../graph/pipeline-graph.ts";
import { startOf, waitsOf } from "../../graph/waits.ts";
import type { PipelineDocument } from "../../model.ts";

/**
 * The stages that go on only once a body has ended, the one of `arm` or else the one that `owner` runs in: nothing in
 * it can wait for them. None where there is no such body.
 */
export function stagesAfterBody(
  document: PipelineDocument,
  { owner, arm }: { readonly owner: string; readonly arm: string },
): ReadonlySet<string> {
  const { nodes, edges } = pipelineGraph(document);
  const { byId } = document.tree.identities;
  const body = byId.get((isOwningArm(arm) ? owner : bodyAround(nodes, byId, owner)) ?? "");
  if (body === undefined) return new Set();
  const { before, endSeenFrom } = waitsOf(nodes, edges, byId);
  const late = momentsAfter(before, startOf(body) + 1);
  return new Set(
    nodes.flatMap(({ stage }, index) =>
      index !== body && late.has(endSeenFrom(body, index)) && !isInside(nodes, byId, index, body)
        ? [stage.id]
        : [],
    ),
  );
}

type ById = ReadonlyMap<string, number>;

function bodyAround(nodes: readonly GraphNode[], byId: ById, id: string): string | null {
  let around = nodes[byId.get(id) ?? -1]?.owner ?? null;
  while (around !== null && !isOwningArm(around.arm))
    around = nodes[byId.get(around.stage) ?? -1]?.owner ?? null;
  return around?.stage ?? null;
}

function isInside(nodes: readonly GraphNode[], byId: ById, index: number, body: number): boolean {
  for (let at = nodes[index]?.owner ?? null; at !== null; ) {
    const owner = byId.get(at.stage) ?? -1;
    if (owner === body) return true;
    at = nodes[owner]?.owner ?? null;
  }
  return false;
}

function momentsAfter(before: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const after: number[][] = before.map(() => []);
  before.forEach((earlier, moment) => {
    for (const each of earlier) after[each]?.push(moment);
  });
  const reached = new Set([from]);
  for (const moment of reached) for (const later of after[moment] ?? []) reached.add(later);
  return reached;
}
