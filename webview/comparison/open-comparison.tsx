import { openPage } from "../parts/open-page.tsx";
import type { ViewPort } from "../view-port.ts";
import { ComparisonApp } from "./ComparisonApp.tsx";
import { createComparisonSession } from "./comparison-session.ts";

/** Draws two pipelines and what is different between them into `element`; returns how to take it away again. */
export function openComparison(element: HTMLElement, port: ViewPort): () => void {
  const session = createComparisonSession(port, (kept) => port.writeState(kept));
  return openPage(element, session, <ComparisonApp session={session} />);
}
