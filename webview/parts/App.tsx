import { ReactFlowProvider } from "@xyflow/react";
import type { ReactNode } from "react";
import { GraphCanvas } from "../canvas/GraphCanvas.tsx";
import type { Viewport } from "../graph/view-window.ts";
import { InspectorPane } from "../inspector/InspectorPane.tsx";
import { isDrawn } from "../model/canvas-model.ts";
import { PalettePane } from "../palette/PalettePane.tsx";
import { useModel } from "../session/session-context.tsx";
import { Banners } from "./Banners.tsx";
import { ContextMenu } from "./ContextMenu.tsx";
import { LayoutState } from "./LayoutState.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { PickerOverlay } from "./PickerOverlay.tsx";
import { Placeholder } from "./Placeholder.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { Trail } from "./Trail.tsx";

/** The whole page: banners on top, the graph between palette and inspector below, and what lies over it. */
export function App({
  keptViewport,
  onViewSettled,
}: {
  keptViewport: Viewport | null;
  onViewSettled: (viewport: Viewport) => void;
}): ReactNode {
  const ready = useModel(({ connection }) => connection.kind === "ready");
  const drawn = useModel(isDrawn);
  return (
    <main className="app">
      <Trail />
      <Banners />
      <ReactFlowProvider>
        <div className="work-area">
          {ready && <PalettePane />}
          <div className="canvas">
            {drawn && (
              <>
                <Toolbar />
                <GraphCanvas keptViewport={keptViewport} onViewSettled={onViewSettled} />
                <PickerOverlay />
              </>
            )}
            <Placeholder />
            <LayoutState />
            <NoticeBar />
          </div>
          {ready && <InspectorPane />}
        </div>
      </ReactFlowProvider>
      <ContextMenu />
    </main>
  );
}
