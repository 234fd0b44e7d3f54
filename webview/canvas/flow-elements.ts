import { type Edge, type Node, type NodeHandle, Position } from "@xyflow/react";
import type { Box } from "#core/layout";
import type { GraphView } from "../graph/graph-view.ts";
import { lineBounds } from "../graph/line-bounds.ts";
import type { ArmItem, OutlineItem, StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import { overlap } from "../graph/view-window.ts";
import type { Wire } from "../graph/wires.ts";
import type { Selection } from "../model/canvas-model.ts";

export type StageFlowNode = Node<{ readonly item: StageItem }, "stage">;
export type ContainerFlowNode = Node<{ readonly item: StageItem }, "container">;
export type ArmFlowNode = Node<{ readonly item: ArmItem }, "arm">;
export type FlowNode = StageFlowNode | ContainerFlowNode | ArmFlowNode;
export type FlowEdge = Edge<{ readonly wire: Wire }, "wire">;

/**
 * What React Flow is given: the boxes around the view, never all of them, and the selected wire, whose ends can be
 * taken to other stages. The other wires are lines, which cost nothing while the view moves (`WireLayer.tsx`).
 */
export interface FlowElements {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
}

/** Which boxes and wires to draw for a part of the graph: what reaches into it, and what holds that. Null: no part. */
export function visibleElements(
  graph: GraphView,
  part: Box | null,
  /** What stays in the page, wherever the view is: the keyboard's place, what is dragged, the selected wire. */
  { boxes: kept, wire: selected }: { readonly boxes: readonly string[]; readonly wire: string | null },
): { readonly keys: ReadonlySet<string>; readonly wires: readonly Wire[] } {
  const keys = new Set<string>();
  // Parents first, as React Flow wants them.
  const include = (key: string): void => {
    const item = graph.items.get(key);
    if (item === undefined || keys.has(key)) return;
    if (item.parent !== null) include(item.parent);
    keys.add(key);
  };
  const wires: Wire[] = [];
  if (part !== null) {
    for (const found of graph.index.within(part)) {
      const box = graph.boxes.get(found);
      if (box !== undefined && overlap(box, part)) include(found);
      const wire = graph.wires.get(found);
      const line = wire === undefined ? null : lineBounds(graph, wire);
      if (wire !== undefined && line !== null && overlap(line, part)) wires.push(wire);
    }
  }
  for (const key of kept) include(key);
  const held = selected === null ? undefined : graph.wires.get(selected);
  if (held !== undefined) {
    include(held.from);
    include(held.to);
    if (!wires.includes(held)) wires.push(held);
  }
  return { keys, wires };
}

interface NodeCause {
  readonly item: OutlineItem;
  readonly box: Box;
  readonly parentBox: Box | undefined;
  readonly selected: boolean;
  readonly drag: Point | undefined;
  readonly node: FlowNode;
}

interface EdgeCause {
  readonly wire: Wire;
  readonly selected: boolean;
  readonly edge: FlowEdge;
}

/** Makes React Flow's objects, and the same object again for what has not changed, so that it is not drawn again. */
export interface FlowElementFactory {
  build(
    graph: GraphView,
    visible: ReturnType<typeof visibleElements>,
    selection: Selection,
    drags: ReadonlyMap<string, Point>,
  ): FlowElements;
}

/** A factory that has made nothing yet. */
export function createFlowElementFactory(): FlowElementFactory {
  let nodeCauses = new Map<string, NodeCause>();
  let edgeCauses = new Map<string, EdgeCause>();
  let last: FlowElements = { nodes: [], edges: [] };
  return {
    build(graph, { keys, wires }, selection, drags) {
      const nextNodes = new Map<string, NodeCause>();
      for (const key of keys) {
        const item = graph.items.get(key);
        const box = graph.boxes.get(key);
        if (item === undefined || box === undefined) continue;
        const parentBox = item.parent === null ? undefined : graph.boxes.get(item.parent);
        const selected = selection.stages.has(key);
        const drag = drags.get(key);
        const before = nodeCauses.get(key);
        const same =
          before?.item === item &&
          before.box === box &&
          before.parentBox === parentBox &&
          before.selected === selected &&
          before.drag === drag;
        const cause = { item, box, parentBox, selected, drag };
        nextNodes.set(key, { ...cause, node: same ? before.node : flowNode(cause) });
      }
      const nextEdges = new Map<string, EdgeCause>();
      for (const wire of wires) {
        const selected = selection.wire === wire.id;
        if (!selected) continue;
        const before = edgeCauses.get(wire.id);
        const same = before?.wire === wire && before.selected === selected;
        nextEdges.set(wire.id, { wire, selected, edge: same ? before.edge : flowEdge({ wire, selected }) });
      }
      nodeCauses = nextNodes;
      edgeCauses = nextEdges;
      last = {
        nodes: sameOrNew(
          last.nodes,
          Array.from(nextNodes.values(), ({ node }) => node),
        ),
        edges: sameOrNew(
          last.edges,
          Array.from(nextEdges.values(), ({ edge }) => edge),
        ),
      };
      return last;
    },
  };
}

/** The same list for the same elements, so that React Flow does not go through them. */
function sameOrNew<Element>(before: Element[], after: Element[]): Element[] {
  return before.length === after.length && after.every((each, index) => each === before[index])
    ? before
    : after;
}

function flowNode({ item, box, parentBox, selected, drag }: Omit<NodeCause, "node">): FlowNode {
  const { width, height } = box;
  const common = {
    id: item.key,
    // React Flow counts from the box around it.
    position: drag ?? { x: box.x - (parentBox?.x ?? 0), y: box.y - (parentBox?.y ?? 0) },
    width,
    height,
    // Sizes and handles are known, so nothing has to be measured before wires can be drawn.
    measured: { width, height },
    ...(item.parent === null ? {} : { parentId: item.parent }),
    focusable: false,
  };
  if (item.kind === "arm") {
    return {
      ...common,
      type: "arm",
      data: { item },
      selectable: false,
      draggable: false,
      connectable: false,
    };
  }
  const stage = { ...common, data: { item }, selected, handles: handlesOf(box) };
  return item.container ? { ...stage, type: "container" } : { ...stage, type: "stage" };
}

function handlesOf({ width, height }: Box): NodeHandle[] {
  const y = height / 2;
  return [
    { type: "target", position: Position.Left, x: 0, y, width: 0, height: 0 },
    { type: "source", position: Position.Right, x: width, y, width: 0, height: 0 },
  ];
}

function flowEdge({ wire, selected }: Omit<EdgeCause, "edge">): FlowEdge {
  return {
    id: wire.id,
    type: "wire",
    source: wire.from,
    target: wire.to,
    data: { wire },
    selected,
    focusable: false,
    // A picture could hold no button.
    ariaRole: "group",
    ariaLabel: `Connection from ${wire.fromStage} to ${wire.toStage}`,
    // Its ends would lie under those of the stages: only a selected wire can be taken by them.
    reconnectable: selected && wire.kind !== "implicit",
    markerEnd: "fm-arrow",
    className: `wire-${wire.kind}`,
  };
}
