import type { Port } from "#protocol";
import { openPage } from "../parts/open-page.tsx";
import { ViewerApp } from "./ViewerApp.tsx";
import { createViewerSession } from "./viewer-session.ts";

/** Shows a value of a run in `element`; returns how to take it away again. */
export function openViewer(element: HTMLElement, port: Port): () => void {
  const session = createViewerSession(port);
  return openPage(element, session, <ViewerApp session={session} />);
}
