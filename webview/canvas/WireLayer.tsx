import { ViewportPortal } from "@xyflow/react";
import { type MouseEvent, memo, type PointerEvent, type ReactNode, useMemo, useState } from "react";
import { connectionLine } from "#core/layout";
import type { GraphView } from "../graph/graph-view.ts";
import { layersOf } from "../graph/wire-layers.ts";
import type { Wire } from "../graph/wires.ts";
import type { WireFlow } from "../model/wire-flow.ts";
import { InsertButton, ValueLabel, WireLabel } from "./WireParts.tsx";

/** What people do to a wire. */
export interface WireGestures {
  readonly select: (wire: string) => void;
  readonly openMenu: (event: MouseEvent, wire: string) => void;
}

/**
 * The wires that are not selected, as lines of the page and nothing more: React Flow asks each of its edges at each
 * frame of each gesture where it is now, and these move by themselves. `places` are those of the boxes that are being
 * dragged.
 */
export const WireLayer = memo(function WireLayer({
  graph,
  wires,
  selected,
  places,
  values,
  gestures,
}: {
  graph: GraphView;
  wires: readonly Wire[];
  /** Of a wire, which is React Flow's while it is; and of stages, which it lifts over the others with what they hold. */
  selected: { readonly wire: string | null; readonly stages: ReadonlySet<string> };
  places: Parameters<typeof layersOf>[2];
  /** What flows on those of the wires that are labelled with it, by their ids. */
  values: ReadonlyMap<string, WireFlow>;
  gestures: WireGestures;
}): ReactNode {
  const [pointedAt, setPointedAt] = useState<string | null>(null);
  const layers = useMemo(
    () => layersOf(graph, wires, places, selected.stages),
    [graph, wires, places, selected.stages],
  );
  const withWire = (act: (wire: string) => void) => (event: MouseEvent | PointerEvent) => {
    const wire =
      event.target instanceof Element ? event.target.closest(".wire")?.getAttribute("data-id") : null;
    if (wire != null) act(wire);
  };
  return (
    <ViewportPortal>
      {layers.map(({ level, lines }) => (
        <svg
          key={level}
          className="wires"
          // Over what holds the wires, under what they connect.
          style={{ zIndex: level }}
          onPointerOver={withWire(setPointedAt)}
          onPointerLeave={() => setPointedAt(null)}
          onClick={withWire(gestures.select)}
          onContextMenu={(event) => withWire((wire) => gestures.openMenu(event, wire))(event)}
        >
          {lines.map(({ wire, from, to }) =>
            wire.id === selected.wire ? null : (
              <WireOfPage
                key={wire.id}
                wire={wire}
                x1={from.x}
                y1={from.y}
                x2={to.x}
                y2={to.y}
                value={values.get(wire.id) ?? null}
                insert={pointedAt === wire.id ? "offered" : "hidden"}
              />
            ),
          )}
        </svg>
      ))}
    </ViewportPortal>
  );
});

const WireOfPage = memo(function WireOfPage({
  wire: { id, kind, label, fromStage, toStage },
  x1,
  y1,
  x2,
  y2,
  value,
  insert,
}: {
  wire: Wire;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  value: WireFlow | null;
  insert: "offered" | "hidden";
}): ReactNode {
  const line = connectionLine({ x: x1, y: y1 }, { x: x2, y: y2 });
  return (
    <g
      className={`wire wire-${kind}`}
      data-id={id}
      role="img"
      aria-label={`From ${fromStage} to ${toStage}${value === null ? "" : `: ${value.words}`}`}
    >
      <path className="wire-path" d={line.path} markerEnd="url(#fm-arrow)" />
      <path className="wire-grip" d={line.path} />
      {label !== null && <WireLabel {...line.middle} text={label} flow={value} />}
      {label === null && value !== null && (
        <ValueLabel {...line.middle} room={Math.abs(x2 - x1)} flow={value} />
      )}
      {insert === "offered" && (
        <InsertButton wire={id} {...line.middle} over={label === null && value === null ? "line" : "label"} />
      )}
    </g>
  );
});
