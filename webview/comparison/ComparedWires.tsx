import { ViewportPortal } from "@xyflow/react";
import { memo, type ReactNode, useMemo } from "react";
import { connectionLine } from "#core/layout";
import { WireLabel } from "../canvas/WireParts.tsx";
import type { GraphView } from "../graph/graph-view.ts";
import { layersOf } from "../graph/wire-layers.ts";
import type { Wire } from "../graph/wires.ts";
import { wireWords } from "./change-look.ts";
import { type ComparedGraphs, wirePair } from "./compare-graphs.ts";

const nothingMoved: Parameters<typeof layersOf>[2] = new Map();

/** The wires of a comparison, as lines of the page, each with what has become of it. */
export const ComparedWires = memo(function ComparedWires({
  graph,
  wires,
  selected,
  changes,
}: {
  readonly graph: GraphView;
  readonly wires: readonly Wire[];
  readonly selected: ReadonlySet<string>;
  readonly changes: ComparedGraphs["wires"];
}): ReactNode {
  const layers = useMemo(() => layersOf(graph, wires, nothingMoved, selected), [graph, wires, selected]);
  return (
    <ViewportPortal>
      {layers.map(({ level, lines }) => (
        <svg key={level} className="wires" style={{ zIndex: level }}>
          {lines.map(({ wire: { id, kind, label, from, to, fromStage, toStage }, ...ends }) => {
            const line = connectionLine(ends.from, ends.to);
            const change = changes.get(wirePair({ from, to }));
            return (
              <g
                key={id}
                className={`wire wire-${kind}`}
                data-id={id}
                data-change={change ?? "unchanged"}
                role="img"
                aria-label={wireWords(fromStage, toStage, change)}
              >
                <path className="wire-path" d={line.path} markerEnd="url(#fm-arrow)" />
                {label !== null && <WireLabel {...line.middle} text={label} flow={null} />}
              </g>
            );
          })}
        </svg>
      ))}
    </ViewportPortal>
  );
});
