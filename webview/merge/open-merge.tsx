import type { Port } from "#protocol";
import { openPage } from "../parts/open-page.tsx";
import { MergeApp } from "./MergeApp.tsx";
import { createMergeSession } from "./merge-session.ts";

/** Draws a merge into `element`; returns how to take it away again. */
export function openMerge(element: HTMLElement, port: Port): () => void {
  const session = createMergeSession(port);
  return openPage(element, session, <MergeApp session={session} />);
}
