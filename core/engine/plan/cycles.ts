/** A cycle among nodes 0..n-1 as the nodes on it in order; null when there is none. Linear, and not recursive. */
export function findCycle(waitsFor: readonly ReadonlyMap<number, unknown>[]): readonly number[] | null {
  const state = new Uint8Array(waitsFor.length);
  for (let start = 0; start < waitsFor.length; start++) {
    if (state[start] !== UNSEEN) continue;
    const path: { readonly node: number; readonly rest: Iterator<number> }[] = [];
    const enter = (node: number): void => {
      state[node] = ON_PATH;
      path.push({ node, rest: (waitsFor[node] ?? new Map<number, unknown>()).keys() });
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        state[top.node] = DONE;
        path.pop();
      } else if (state[next.value] === ON_PATH) {
        const nodes = path.map(({ node }) => node);
        return nodes.slice(nodes.indexOf(next.value));
      } else if (state[next.value] === UNSEEN) {
        enter(next.value);
      }
    }
  }
  return null;
}

const UNSEEN = 0;
const ON_PATH = 1;
const DONE = 2;
