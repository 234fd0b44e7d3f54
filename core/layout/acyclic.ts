import { at, type Digraph, digraph } from "./digraph.ts";

/** The same graph with every edge that closes a cycle turned round, so that all can point forward. */
export function acyclic(graph: Digraph): Digraph {
  const finished = new Uint8Array(graph.size);
  const onPath = new Uint8Array(graph.size);
  const cursor = graph.outStart.slice(0, graph.size);
  const back = new Set<number>();
  const path: number[] = [];

  const visit = (root: number): void => {
    if (finished[root] === 1) return;
    path.push(root);
    onPath[root] = 1;
    while (path.length > 0) {
      const v = path[path.length - 1] ?? 0;
      const slot = at(cursor, v);
      if (slot === at(graph.outStart, v + 1)) {
        path.pop();
        onPath[v] = 0;
        finished[v] = 1;
        continue;
      }
      cursor[v] = slot + 1;
      const w = at(graph.out, slot);
      if (onPath[w] === 1) back.add(v * graph.size + w);
      else if (finished[w] === 0) {
        path.push(w);
        onPath[w] = 1;
      }
    }
  };
  // Sources first: a cycle is then broken where it comes back to its entry.
  for (let v = 0; v < graph.size; v++) if (at(graph.inStart, v) === at(graph.inStart, v + 1)) visit(v);
  for (let v = 0; v < graph.size; v++) visit(v);
  if (back.size === 0) return graph;

  const pairs: [number, number][] = [];
  for (let e = 0; e < graph.from.length; e++) {
    const v = at(graph.from, e);
    const w = at(graph.to, e);
    pairs.push(back.has(v * graph.size + w) ? [w, v] : [v, w]);
  }
  return digraph(graph.size, pairs);
}
