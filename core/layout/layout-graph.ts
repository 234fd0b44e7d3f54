import type { Box, Point } from "./box.ts";
import { type Containment, containment } from "./containment.ts";
import { keepPositions } from "./keep-positions.ts";
import { type LevelPlacement, layoutLevel } from "./level.ts";

/** Something to place. `parent` is the id of the container it is inside; a container's size is what it has at least. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly parent: string | null;
  /**
   * Where all children of a container have a rank, they stand behind each other across the edges in the order of
   * their ranks, whatever edges join them.
   */
  readonly rank?: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

export interface LayoutOptions {
  /** Where the edges lead. */
  readonly direction: "right" | "down";
  /** Free space between layers, where the edges run. At least 1. */
  readonly layerGap: number;
  /** Free space between nodes of one layer. At least 2. */
  readonly nodeGap: number;
  /** Free space between a container's border and its children; `top` has room for its title. */
  readonly padding: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  /**
   * Where nodes are already. They stay exactly there (a container reaches farther where what is inside it stands
   * outside). The others keep the places they have without these, unless nearly all of their level are kept: then
   * they stand beside those they are connected to.
   */
  readonly keep?: ReadonlyMap<string, Point>;
  /**
   * The layout of the same nodes and edges without `keep`, where it is known already: it is what takes the time, and
   * no kept position changes it.
   */
  readonly fresh?: ReadonlyMap<string, Box>;
}

export const defaultLayoutOptions: LayoutOptions = {
  direction: "right",
  layerGap: 80,
  nodeGap: 32,
  padding: { top: 48, right: 24, bottom: 24, left: 24 },
};

/**
 * Places every node: in layers, so that edges lead forward, with few crossings, containers around their
 * children. Boxes are absolute, nested ones too, in whole pixels where kept positions are. The result depends on
 * ids, sizes, parents, ranks, edges and kept positions alone, not on the order they are given in.
 * Cycles are tolerated (an edge that closes one leads back), and so are edges and parents that name no node.
 */
export function layoutGraph(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions = defaultLayoutOptions,
): ReadonlyMap<string, Box> {
  const tree = containment(nodes, edges);
  const { keep } = options;
  const fresh = (): ReadonlyMap<string, Box> => options.fresh ?? freshLayout(tree, options);
  if (keep === undefined || keep.size === 0) return fresh();
  return keepPositions(areAllKept(nodes, keep) ? new Map() : fresh(), keep, tree, options);
}

/** Whether nothing is left to lay out: what is inside a container says where that is. */
export function areAllKept(nodes: readonly LayoutNode[], keep: ReadonlyMap<string, Point>): boolean {
  const containers = new Set(nodes.map(({ parent }) => parent));
  return nodes.every(({ id }) => keep.has(id) || containers.has(id));
}

function freshLayout(tree: Containment, options: LayoutOptions): ReadonlyMap<string, Box> {
  const { direction, padding } = options;
  const sizes = new Map<string, { width: number; height: number }>();
  const offsets = new Map<string, { x: number; y: number }>();

  /** Places the children of a container (null: the graph itself); gives the size they need. */
  const place = (container: string | null): { width: number; height: number } => {
    const children = tree.childrenOf(container);
    for (const child of children) {
      const inside = tree.childrenOf(child.id).length > 0 ? place(child.id) : undefined;
      const needed = inside && {
        width: inside.width + padding.left + padding.right,
        height: inside.height + padding.top + padding.bottom,
      };
      sizes.set(child.id, {
        width: Math.max(child.width, needed?.width ?? 0),
        height: Math.max(child.height, needed?.height ?? 0),
      });
    }
    const widths = Float64Array.from(children, (child) => sizes.get(child.id)?.width ?? 0);
    const heights = Float64Array.from(children, (child) => sizes.get(child.id)?.height ?? 0);
    const right = direction === "right";
    const along = right ? widths : heights;
    const across = right ? heights : widths;
    const placed = tree.isStack(container)
      ? stacked(across, options.nodeGap)
      : layoutLevel(
          { along, across, pairs: tree.pairsIn(container) },
          { layer: options.layerGap, node: options.nodeGap },
        );
    let width = 0;
    let height = 0;
    children.forEach((child, i) => {
      const x = (right ? placed.along : placed.across)[i] ?? 0;
      const y = (right ? placed.across : placed.along)[i] ?? 0;
      offsets.set(child.id, { x, y });
      width = Math.max(width, x + (widths[i] ?? 0));
      height = Math.max(height, y + (heights[i] ?? 0));
    });
    return { width, height };
  };
  place(null);

  const boxes = new Map<string, Box>();
  const settle = (container: string | null, x: number, y: number): void => {
    for (const child of tree.childrenOf(container)) {
      const offset = offsets.get(child.id) ?? { x: 0, y: 0 };
      const size = sizes.get(child.id) ?? child;
      const box = { x: x + offset.x, y: y + offset.y, width: size.width, height: size.height };
      boxes.set(child.id, box);
      settle(child.id, box.x + padding.left, box.y + padding.top);
    }
  };
  settle(null, 0, 0);
  return boxes;
}

function stacked(across: Float64Array, gap: number): LevelPlacement {
  const starts = new Float64Array(across.length);
  let start = 0;
  across.forEach((size, i) => {
    starts[i] = start;
    start += size + gap;
  });
  return { along: new Float64Array(across.length), across: starts };
}
