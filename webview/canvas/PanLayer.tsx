import { useOnViewportChange, useStoreApi } from "@xyflow/react";
import { memo, useMemo } from "react";
import type { Viewport } from "../graph/view-window.ts";

/** Marks the graph's element as long as the view is moved and not scaled; what that is for is the style's. */
export const PanLayer = memo(function PanLayer(): null {
  const flow = useStoreApi();
  const handlers = useMemo(() => {
    let zoom = 1;
    const mark = (panning: boolean): void => {
      flow.getState().domNode?.toggleAttribute("data-panning", panning);
    };
    return {
      onStart: (view: Viewport) => {
        zoom = view.zoom;
      },
      onChange: (view: Viewport) => mark(view.zoom === zoom),
      onEnd: () => mark(false),
    };
  }, [flow]);
  useOnViewportChange(handlers);
  return null;
});
