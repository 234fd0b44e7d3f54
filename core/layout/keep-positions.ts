import { type Axis, around, type Box, extent, overlap, shifted } from "./box.ts";
import { connectedParts } from "./connected-parts.ts";
import type { Containment } from "./containment.ts";
import { nearestFree } from "./free-space.ts";
import type { LayoutNode, LayoutOptions } from "./layout-graph.ts";

/**
 * The kept boxes where they are, and the others beside what they are connected to: each connected group of new
 * nodes is set down as the fresh layout has it, shifted across the edges to where nothing is. A kept container
 * grows around new children and pushes aside, across, only what it would then cover. What is inside a container
 * that is not kept is not kept either.
 */
export function keepPositions(
  fresh: ReadonlyMap<string, Box>,
  kept: ReadonlyMap<string, Box>,
  tree: Containment,
  options: LayoutOptions,
): ReadonlyMap<string, Box> {
  const placed = new Map<string, Box>();
  const across: Axis = options.direction === "right" ? "y" : "x";

  const settle = (container: LayoutNode | null): void => {
    const children = tree.childrenOf(container?.id ?? null);
    for (const child of children) {
      const old = kept.get(child.id);
      if (old === undefined) continue;
      placed.set(child.id, { x: old.x, y: old.y, width: child.width, height: child.height });
      if (tree.childrenOf(child.id).length > 0) settle(child);
    }
    const corner = container === null ? undefined : innerCorner(placed.get(container.id), options);
    const pairs = tree.pairsIn(container?.id ?? null);
    for (const group of newGroups(children, pairs, kept)) {
      const members = [...group].flatMap((index) => children[index] ?? []);
      const origin = around(members.flatMap((node) => fresh.get(node.id) ?? []));
      const shift = shiftToNeighbours(group, pairs, children, fresh, placed);
      const wanted = shifted(origin, shift.x, shift.y);
      const start =
        corner === undefined
          ? wanted
          : { ...wanted, x: Math.max(wanted.x, corner.x), y: Math.max(wanted.y, corner.y) };
      const obstacles = children.flatMap((child) => placed.get(child.id) ?? []);
      const free = nearestFree(start, obstacles, {
        axis: across,
        gap: options.nodeGap,
        from: corner?.[across] ?? Number.NEGATIVE_INFINITY,
      });
      const x = (across === "x" ? free : start.x) - origin.x;
      const y = (across === "y" ? free : start.y) - origin.y;
      for (const node of members) moveTree(node, tree, fresh, placed, x, y);
    }
    if (container !== null) grow(container, children, placed, options);
    pushAside(children, across);
  };

  /** Moves what a grown container covers to behind it, then what that covers, always in the same direction. */
  const pushAside = (siblings: readonly LayoutNode[], axis: Axis): void => {
    const pushing = siblings.filter((node) => hasGrown(kept.get(node.id), placed.get(node.id)));
    for (let node = pushing.shift(); node !== undefined; node = pushing.shift()) {
      const box = placed.get(node.id);
      if (box === undefined) continue;
      for (const other of siblings) {
        const covered = placed.get(other.id);
        if (other === node || covered === undefined || !overlap(box, covered)) continue;
        const distance = extent(box, axis).end + options.nodeGap - extent(covered, axis).start;
        moveTree(other, tree, placed, placed, axis === "x" ? distance : 0, axis === "y" ? distance : 0);
        pushing.push(other);
      }
    }
  };

  settle(null);
  return placed;
}

/** The nodes that are not kept, in connected groups, as indexes into the children. */
function newGroups(
  children: readonly LayoutNode[],
  pairs: readonly (readonly [number, number])[],
  kept: ReadonlyMap<string, Box>,
): readonly ReadonlySet<number>[] {
  const isNew = children.map((child) => !kept.has(child.id));
  const parts = connectedParts(
    children.length,
    pairs.filter(([a, b]) => isNew[a] === true && isNew[b] === true),
  );
  return parts
    .filter(({ members }) => isNew[members[0] ?? 0] === true)
    .map(({ members }) => new Set(members));
}

/** How far the group has to go from its fresh place to be where its placed neighbours have it; the mean over its edges. */
function shiftToNeighbours(
  group: ReadonlySet<number>,
  pairs: readonly (readonly [number, number])[],
  children: readonly LayoutNode[],
  fresh: ReadonlyMap<string, Box>,
  placed: ReadonlyMap<string, Box>,
): { readonly x: number; readonly y: number } {
  let x = 0;
  let y = 0;
  let count = 0;
  for (const [a, b] of pairs) {
    if (group.has(a) === group.has(b)) continue;
    const id = children[group.has(a) ? b : a]?.id ?? "";
    const now = placed.get(id);
    const then = fresh.get(id);
    if (now === undefined || then === undefined) continue;
    x += now.x - then.x;
    y += now.y - then.y;
    count++;
  }
  return count === 0 ? { x: 0, y: 0 } : { x: Math.round(x / count), y: Math.round(y / count) };
}

function moveTree(
  node: LayoutNode,
  tree: Containment,
  from: ReadonlyMap<string, Box>,
  to: Map<string, Box>,
  x: number,
  y: number,
): void {
  const box = from.get(node.id);
  if (box !== undefined) to.set(node.id, shifted(box, x, y));
  for (const child of tree.childrenOf(node.id)) moveTree(child, tree, from, to, x, y);
}

/** Extends a kept container's box around its children. */
function grow(
  container: LayoutNode,
  children: readonly LayoutNode[],
  placed: Map<string, Box>,
  { padding }: LayoutOptions,
): void {
  const own = placed.get(container.id);
  if (own === undefined) return;
  const inside = around(children.flatMap((child) => placed.get(child.id) ?? []));
  const needed = {
    x: inside.x - padding.left,
    y: inside.y - padding.top,
    width: inside.width + padding.left + padding.right,
    height: inside.height + padding.top + padding.bottom,
  };
  placed.set(container.id, around([own, needed]));
}

function hasGrown(before: Box | undefined, now: Box | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  return now.width > before.width || now.height > before.height;
}

function innerCorner(
  box: Box | undefined,
  { padding }: LayoutOptions,
): { readonly x: number; readonly y: number } | undefined {
  return box && { x: box.x + padding.left, y: box.y + padding.top };
}
