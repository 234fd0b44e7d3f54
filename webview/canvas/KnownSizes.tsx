import { useStoreApi } from "@xyflow/react";
import { memo, useLayoutEffect } from "react";

/**
 * Has React Flow measure no stage and no handle: each is told its size and its handles (`flow-elements.ts`), and is drawn
 * so. Else every stage that comes into view makes the page lay itself out once more, and all of them be gone through.
 * It stands beside the graph and before it, as React Flow takes the function that measures when it is first drawn.
 */
export const KnownSizes = memo(function KnownSizes(): null {
  const flow = useStoreApi();
  useLayoutEffect(() => flow.setState({ updateNodeInternals: () => undefined }), [flow]);
  return null;
});
