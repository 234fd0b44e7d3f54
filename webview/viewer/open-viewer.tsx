import { openPage } from "../parts/open-page.tsx";
import type { ViewPort } from "../view-port.ts";
import { ViewerApp } from "./ViewerApp.tsx";
import { createViewerSession } from "./viewer-session.ts";

/** Characters of what is shown that outlive a reload of the window: VS Code keeps them with its own state. */
const MOST_KEPT = 500_000;

/** Shows a value of a run in `element`, and keeps what is shown; returns how to take it away again. */
export function openViewer(element: HTMLElement, port: ViewPort): () => void {
  const session = createViewerSession(port, (shown) =>
    port.writeState(JSON.stringify(shown).length > MOST_KEPT ? null : shown),
  );
  return openPage(element, session, <ViewerApp session={session} />);
}
