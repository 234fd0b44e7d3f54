import { BaseEdge, type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { beginAdd } from "../add/add-stage.ts";
import { labelWidth, shownLabel } from "../graph/sizes.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { useModel, useSession } from "../session/session-context.tsx";
import type { FlowEdge } from "./flow-elements.ts";

/** A wire between two stages, with the name of its branch. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, markerEnd, data } = props;
  const ends = { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition };
  const [path, labelX, labelY] = getBezierPath({ ...ends, curvature: 0.3 });
  const label = data?.wire.label ?? null;
  return (
    <>
      <BaseEdge path={path} interactionWidth={18} {...(markerEnd === undefined ? {} : { markerEnd })} />
      {label !== null && <WireLabel x={labelX} y={labelY} text={label} />}
      <InsertButton wire={props.id} x={labelX} y={labelY - (label === null ? 19 : 21)} />
    </>
  );
});

/** Shown above its wire while the pointer is there, or the wire is selected. The keyboard has the stage's menu and key for it. */
function InsertButton({ wire, x, y }: { wire: string; x: number; y: number }): ReactNode {
  const session = useSession();
  const editable = useModel((model) => editRefusal(model) === null);
  if (!editable) return null;
  return (
    <foreignObject className="wire-insert" x={x - 11} y={y - 11} width={22} height={22}>
      <button
        type="button"
        tabIndex={-1}
        title="Insert Stage…"
        aria-label="Insert Stage"
        onClick={(event) => {
          event.stopPropagation();
          beginAdd(session, { kind: "on-wire", wire });
        }}
      >
        <Codicon name="add" />
      </button>
    </foreignObject>
  );
}

function WireLabel({ x, y, text }: { x: number; y: number; text: string }): ReactNode {
  const shown = shownLabel(text);
  const width = labelWidth(shown);
  return (
    <g className="wire-label" transform={`translate(${x} ${y})`}>
      <title>{text}</title>
      <rect x={-width / 2} y={-10} width={width} height={20} rx={10} />
      <text textAnchor="middle" dominantBaseline="central">
        {shown}
      </text>
    </g>
  );
}

/** The arrow head of all wires; it takes the colour of its line. */
export function ArrowMarker(): ReactNode {
  return (
    <svg className="marker-definitions" aria-hidden="true">
      <defs>
        <marker
          id="fm-arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="9"
          markerHeight="9"
          markerUnits="userSpaceOnUse"
          orient="auto-start-reverse"
        >
          <path d="M 0 1 L 9 5 L 0 9 z" />
        </marker>
      </defs>
    </svg>
  );
}
