// The browser side of the canvas: a view of a pipeline's text and of a run. It parses and lays out by itself, turns
// gestures into edits that the extension writes, and reaches the outside over one channel only. It must never change
// a text itself, run a pipeline, fetch anything, or take colours from anywhere but VS Code's theme.

export { openComparison } from "./comparison/open-comparison.tsx";
export { openMerge } from "./merge/open-merge.tsx";
export { openCanvas } from "./open-canvas.tsx";
export { openSweep } from "./sweep/open-sweep.tsx";
export { openTimeline } from "./timeline/open-timeline.tsx";
export type { ViewPort, ViewState } from "./view-port.ts";
export { openViewer } from "./viewer/open-viewer.tsx";
