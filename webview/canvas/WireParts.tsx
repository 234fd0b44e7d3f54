import type { ReactNode } from "react";
import { beginAdd } from "../add/add-stage.ts";
import { labelWidth, shownLabel } from "../graph/sizes.ts";
import { shownValue } from "../graph/wire-values.ts";
import { editRefusal } from "../model/canvas-model.ts";
import type { WireFlow } from "../model/wire-flow.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { useModel, useSession } from "../session/session-context.tsx";

/** Above a wire while the pointer is there, or the wire is selected. The keyboard has the stage's menu and key for it. */
export function InsertButton({
  wire,
  x,
  y,
  over,
}: {
  wire: string;
  /** The middle of the wire. */
  x: number;
  y: number;
  over: "line" | "label";
}): ReactNode {
  const session = useSession();
  const editable = useModel((model) => editRefusal(model) === null);
  if (!editable) return null;
  return (
    <foreignObject
      className="wire-insert"
      x={x - 11}
      y={y - (over === "line" ? 30 : 32)}
      width={22}
      height={22}
    >
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

/** The arm that a wire leads from, in the middle of the wire; under the pointer what flows there too. */
export function WireLabel({
  x,
  y,
  text,
  flow,
}: {
  x: number;
  y: number;
  text: string;
  flow: WireFlow | null;
}): ReactNode {
  const shown = shownLabel(text);
  const width = labelWidth(shown);
  return (
    <g className="wire-label" transform={`translate(${x} ${y})`}>
      <title>{flow === null ? text : `${text}: ${flow.words}`}</title>
      <rect x={-width / 2} y={-10} width={width} height={20} rx={10} />
      <text textAnchor="middle" dominantBaseline="central">
        {shown}
      </text>
    </g>
  );
}

/** What flows on a wire where the run is stopped: as much of it as the wire has room for, and under the pointer more. */
export function ValueLabel({
  x,
  y,
  room,
  flow,
}: {
  /** The middle of the wire, and how far its ends are from each other. */
  x: number;
  y: number;
  room: number;
  flow: WireFlow;
}): ReactNode {
  const shown = shownValue(flow, room);
  if (shown === null) return null;
  return (
    <g className="wire-label wire-value" transform={`translate(${x} ${y})`}>
      <title>{flow.words}</title>
      <rect x={-shown.width / 2} y={-10} width={shown.width} height={20} rx={3} />
      <text textAnchor="middle" dominantBaseline="central">
        {shown.text}
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
