import { type Axis, around, type Box, extent, type Point, shifted } from "./box.ts";
import { connectedParts } from "./connected-parts.ts";
import type { Containment } from "./containment.ts";
import { nearestFree } from "./free-space.ts";
import type { LayoutNode, LayoutOptions } from "./layout-graph.ts";

/** From this share of kept nodes on, a level is taken to be arranged by hand. */
const MOSTLY_KEPT = 0.75;

/**
 * The kept nodes exactly where they are, and the others where the fresh layout has them, which no kept position
 * changes: that a node is moved moves no other. Only where nearly all nodes of a level are kept would the fresh
 * places be anywhere: there each connected group of the others is set beside its neighbours, in free space.
 * What is inside a container goes where the container goes, and containers reach around what is inside them.
 */
export function keepPositions(
  fresh: ReadonlyMap<string, Box>,
  kept: ReadonlyMap<string, Point>,
  tree: Containment,
  options: LayoutOptions,
): ReadonlyMap<string, Box> {
  const placed = new Map<string, Box>();
  const across: Axis = options.direction === "right" ? "y" : "x";
  const holders = holdersOfKept(tree, kept);

  const shiftOf = (id: string, now: Point): Point => {
    const then = fresh.get(id) ?? { x: 0, y: 0 };
    return { x: now.x - then.x, y: now.y - then.y };
  };

  /** Places a node and what is inside it, `shift` away from where the fresh layout has them. */
  const set = (node: LayoutNode, shift: Point): void => {
    const own = kept.get(node.id);
    const { x, y } = own ?? shifted(fresh.get(node.id) ?? { ...node, x: 0, y: 0 }, shift.x, shift.y);
    const box = { x, y, width: node.width, height: node.height };
    const inside = tree.childrenOf(node.id);
    if (inside.length === 0) {
      placed.set(node.id, box);
      return;
    }
    settle(node.id, shift);
    const boxes = inside.flatMap((child) => placed.get(child.id) ?? []);
    placed.set(node.id, wrapped(boxes, box, own, options));
  };

  const settle = (container: string | null, shift: Point): void => {
    const children = tree.childrenOf(container);
    const others: LayoutNode[] = [];
    for (const child of children) {
      const own = kept.get(child.id);
      if (own === undefined) others.push(child);
      else set(child, shiftOf(child.id, own));
    }
    const keptCount = children.length - others.length;
    if (keptCount > 0 && keptCount >= children.length * MOSTLY_KEPT) {
      setBeside(container, others, shift);
    } else {
      let free = Number.NEGATIVE_INFINITY;
      for (const node of others) {
        set(node, tree.isStack(container) ? pastPrevious(node, shift, free) : shift);
        const box = placed.get(node.id);
        if (box !== undefined) free = Math.max(free, extent(box, across).end + options.nodeGap);
      }
    }
  };

  /** A stacked node makes room for the one before it, which may have grown. */
  const pastPrevious = (node: LayoutNode, shift: Point, free: number): Point => {
    const wanted = shift[across] + (fresh.get(node.id)?.[across] ?? 0);
    return free <= wanted ? shift : { ...shift, [across]: shift[across] + free - wanted };
  };

  const setBeside = (container: string | null, others: readonly LayoutNode[], inherited: Point): void => {
    const children = tree.childrenOf(container);
    const pairs = tree.pairsIn(container);
    const indexOf = new Map(children.map((child, index) => [child.id, index]));
    const shiftToPlaced = (group: ReadonlySet<number>): Point | undefined =>
      shiftToNeighbours(group, pairs, children, fresh, placed);
    // These stand around what they hold, before the others look for what is free.
    for (const node of others) {
      if (!holders.has(node.id)) continue;
      set(node, shiftToPlaced(new Set([indexOf.get(node.id) ?? 0])) ?? inherited);
    }
    const own = container === null ? undefined : kept.get(container);
    const corner = own && { x: own.x + options.padding.left, y: own.y + options.padding.top };
    for (const group of groupsWithout(placed, children, pairs)) {
      const members = [...group].flatMap((index) => children[index] ?? []);
      const obstacles = children.flatMap((child) => placed.get(child.id) ?? []);
      const origin = around(members.flatMap((node) => fresh.get(node.id) ?? []));
      const shift = shiftToPlaced(group) ?? shiftBehind(origin, around(obstacles), across, options.nodeGap);
      const wanted = shifted(origin, shift.x, shift.y);
      const start = {
        ...wanted,
        x: Math.max(wanted.x, corner?.x ?? wanted.x),
        y: Math.max(wanted.y, corner?.y ?? wanted.y),
      };
      const free = nearestFree(start, obstacles, {
        axis: across,
        gap: options.nodeGap,
        from: corner?.[across] ?? Number.NEGATIVE_INFINITY,
      });
      const x = (across === "x" ? free : start.x) - origin.x;
      const y = (across === "y" ? free : start.y) - origin.y;
      for (const node of members) set(node, { x, y });
    }
  };

  settle(null, { x: 0, y: 0 });
  return placed;
}

/** The containers with something kept inside, at any depth. */
function holdersOfKept(tree: Containment, kept: ReadonlyMap<string, Point>): ReadonlySet<string> {
  const holders = new Set<string>();
  const visit = (container: string | null): boolean => {
    let holds = false;
    for (const { id } of tree.childrenOf(container)) holds = visit(id) || kept.has(id) || holds;
    if (holds && container !== null) holders.add(container);
    return holds;
  };
  visit(null);
  return holders;
}

/** The box around what is inside, at least as large as `least`; a position of its own extends it to there. */
function wrapped(
  inside: readonly Box[],
  least: Box,
  own: Point | undefined,
  { padding }: LayoutOptions,
): Box {
  const inner = around(inside);
  const x = Math.min(inner.x - padding.left, own?.x ?? Number.POSITIVE_INFINITY);
  const y = Math.min(inner.y - padding.top, own?.y ?? Number.POSITIVE_INFINITY);
  return {
    x,
    y,
    width: Math.max(least.width, inner.x + inner.width + padding.right - x),
    height: Math.max(least.height, inner.y + inner.height + padding.bottom - y),
  };
}

/** The nodes that have no place yet, in connected groups, as indexes into the children. */
function groupsWithout(
  placed: ReadonlyMap<string, Box>,
  children: readonly LayoutNode[],
  pairs: readonly (readonly [number, number])[],
): readonly ReadonlySet<number>[] {
  const isNew = children.map((child) => !placed.has(child.id));
  const parts = connectedParts(
    children.length,
    pairs.filter(([a, b]) => isNew[a] === true && isNew[b] === true),
  );
  return parts
    .filter(({ members }) => isNew[members[0] ?? 0] === true)
    .map(({ members }) => new Set(members));
}

/** How far a group has to go from its fresh place to be where its placed neighbours have it; the mean over its edges. */
function shiftToNeighbours(
  group: ReadonlySet<number>,
  pairs: readonly (readonly [number, number])[],
  children: readonly LayoutNode[],
  fresh: ReadonlyMap<string, Box>,
  placed: ReadonlyMap<string, Box>,
): Point | undefined {
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
  return count === 0 ? undefined : { x: Math.round(x / count), y: Math.round(y / count) };
}

/** To behind everything, for a group that nothing leads to. */
function shiftBehind(group: Box, all: Box, across: Axis, gap: number): Point {
  const end = extent(all, across).end + gap;
  return across === "y" ? { x: all.x - group.x, y: end - group.y } : { x: end - group.x, y: all.y - group.y };
}
