import { type ReactNode, useState } from "react";
import { createRoot } from "react-dom/client";
import { parsePipeline } from "#core/pipeline";
import { ArrowMarker } from "../../../webview/canvas/WireParts.tsx";
import { ComparedCanvas } from "../../../webview/comparison/ComparedCanvas.tsx";
import {
  type ComparedGraphs,
  type ComparedSide,
  compareGraphs,
} from "../../../webview/comparison/compare-graphs.ts";
import { createSharedView, type SharedView } from "../../../webview/comparison/shared-view.ts";
import type { Diff } from "../../../webview/comparison/stage-change.ts";

/** Two pipelines, what is different between them, and the canvases to show beside each other. */
export interface ComparedGiven {
  readonly before: string;
  readonly after: string;
  readonly diff: Diff;
  readonly sides: readonly ComparedSide[];
}

declare global {
  interface Window {
    compared: { readonly view: SharedView; readonly graphs: ComparedGraphs };
  }
}

const { before, after, diff, sides } = readGiven();
const graphs = compareGraphs(parsePipeline(before), parsePipeline(after), diff);
const view = createSharedView();
window.compared = { view, graphs };

function readGiven(): ComparedGiven {
  return JSON.parse(window.name);
}

function Page(): ReactNode {
  const [selected, select] = useState<string | null>(null);
  return (
    <div className="comparison">
      <ArrowMarker />
      <div className="compared-panes">
        {sides.map((side) => (
          <div key={side} className="compared-pane" data-side={side}>
            <ComparedCanvas
              label={side}
              graphs={graphs}
              side={side}
              components={new Map()}
              view={view}
              selected={selected}
              onSelect={select}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<Page />);
