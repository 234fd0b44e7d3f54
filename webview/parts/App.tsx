import { ReactFlowProvider } from "@xyflow/react";
import type { ReactNode } from "react";
import { GraphCanvas } from "../canvas/GraphCanvas.tsx";
import type { Viewport } from "../graph/view-window.ts";
import { InspectorPane } from "../inspector/InspectorPane.tsx";
import { useModel } from "../session/session-context.tsx";
import { Banners } from "./Banners.tsx";
import { ContextMenu } from "./ContextMenu.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { PickerOverlay } from "./PickerOverlay.tsx";
import { Placeholder } from "./Placeholder.tsx";
import { Toolbar } from "./Toolbar.tsx";

/** The whole page: banners on top, the graph and its inspector below, and what lies over it. */
export function App({
  keptViewport,
  onViewSettled,
}: {
  keptViewport: Viewport | null;
  onViewSettled: (viewport: Viewport) => void;
}): ReactNode {
  const ready = useModel(({ connection }) => connection.kind === "ready");
  return (
    <main className="app">
      <Banners />
      <div className="work-area">
        <div className="canvas">
          {ready && (
            <>
              <Toolbar />
              <ReactFlowProvider>
                <GraphCanvas keptViewport={keptViewport} onViewSettled={onViewSettled} />
              </ReactFlowProvider>
              <PickerOverlay />
            </>
          )}
          <Placeholder />
          <NoticeBar />
        </div>
        {ready && <InspectorPane />}
      </div>
      <ContextMenu />
    </main>
  );
}
