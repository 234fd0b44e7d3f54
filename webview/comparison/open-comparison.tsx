import type { Port } from "#protocol";
import { openPage } from "../parts/open-page.tsx";
import { ComparisonApp } from "./ComparisonApp.tsx";
import { createComparisonSession } from "./comparison-session.ts";

/** Draws two pipelines and what is different between them into `element`; returns how to take it away again. */
export function openComparison(element: HTMLElement, port: Port): () => void {
  const session = createComparisonSession(port);
  return openPage(element, session, <ComparisonApp session={session} />);
}
