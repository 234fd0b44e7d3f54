import { openPage } from "../parts/open-page.tsx";
import type { ViewPort } from "../view-port.ts";
import { MergeApp } from "./MergeApp.tsx";
import { createMergeSession } from "./merge-session.ts";

/** Draws a merge into `element`; returns how to take it away again. */
export function openMerge(element: HTMLElement, port: ViewPort): () => void {
  const session = createMergeSession(port, (file) => port.writeState({ file }));
  return openPage(element, session, <MergeApp session={session} />);
}
