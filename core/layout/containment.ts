import type { LayoutEdge, LayoutNode } from "./layout-graph.ts";

/** Which node is inside which, and the edges as they look from inside each container. */
export interface Containment {
  /** Ordered by rank, then by id. */
  childrenOf(container: string | null): readonly LayoutNode[];
  /** Whether the children stand behind each other in the order of their ranks. */
  isStack(container: string | null): boolean;
  /** Edges between the children, as indexes into them: an edge that goes deeper counts for the child it enters. */
  pairsIn(container: string | null): readonly (readonly [number, number])[];
}

/** A parent that does not exist, or that is inside its own child, counts as none. */
export function containment(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Containment {
  const byId = new Map<string, LayoutNode>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  const parents = new Map<string, string | null>();
  for (const node of byId.values()) parents.set(node.id, parentOf(node, byId));

  const children = new Map<string | null, LayoutNode[]>();
  for (const node of [...byId.values()].sort(inOrder)) {
    const parent = parents.get(node.id) ?? null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  const indexes = new Map<string, number>();
  for (const siblings of children.values()) siblings.forEach((node, index) => indexes.set(node.id, index));

  /** From the outermost container to the node itself. */
  const pathTo = (id: string): string[] => {
    const path: string[] = [];
    for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) path.push(at);
    return path.reverse();
  };
  const pairs = new Map<string | null, [number, number][]>();
  for (const edge of edges) {
    if (!byId.has(edge.from) || !byId.has(edge.to)) continue;
    const from = pathTo(edge.from);
    const to = pathTo(edge.to);
    let depth = 0;
    while (depth < from.length && from[depth] === to[depth]) depth++;
    const a = from[depth];
    const b = to[depth];
    // Between a container and what is inside it there is nothing to order.
    if (a === undefined || b === undefined) continue;
    const container = depth === 0 ? null : (from[depth - 1] ?? null);
    const pair: [number, number] = [indexes.get(a) ?? 0, indexes.get(b) ?? 0];
    const list = pairs.get(container);
    if (list === undefined) pairs.set(container, [pair]);
    else list.push(pair);
  }
  return {
    childrenOf: (container) => children.get(container) ?? [],
    isStack: (container) => children.get(container)?.every(({ rank }) => rank !== undefined) ?? false,
    pairsIn: (container) => pairs.get(container) ?? [],
  };
}

function inOrder(a: LayoutNode, b: LayoutNode): number {
  const [first, second] = [a.rank ?? 0, b.rank ?? 0];
  if (first !== second) return first - second;
  return a.id < b.id ? -1 : 1;
}

function parentOf(node: LayoutNode, byId: ReadonlyMap<string, LayoutNode>): string | null {
  if (node.parent === null || !byId.has(node.parent)) return null;
  const seen = new Set([node.id]);
  for (
    let at = byId.get(node.parent);
    at !== undefined;
    at = at.parent === null ? undefined : byId.get(at.parent)
  ) {
    if (at.id === node.id) return null;
    if (seen.has(at.id)) break;
    seen.add(at.id);
  }
  return node.parent;
}
