import { openPage } from "../parts/open-page.tsx";
import type { ViewPort } from "../view-port.ts";
import { SweepApp } from "./SweepApp.tsx";
import { createSweepSession } from "./sweep-session.ts";

/** Draws what came of several values of a setting into `element`; returns how to take it away again. */
export function openSweep(element: HTMLElement, port: ViewPort): () => void {
  // All of it is kept: once the window is loaded anew nobody else knows which runs belong together.
  const session = createSweepSession(port, (sweep) => port.writeState(sweep));
  return openPage(element, session, <SweepApp session={session} />);
}
