import { createRoot } from "react-dom/client";
import type { Port } from "#protocol";
import { ErrorBoundary } from "../parts/ErrorBoundary.tsx";
import { ComparisonApp } from "./ComparisonApp.tsx";
import { createComparisonSession } from "./comparison-session.ts";

/** Draws two pipelines and what is different between them into `element`; returns how to take it away again. */
export function openComparison(element: HTMLElement, port: Port): () => void {
  const session = createComparisonSession(port);
  const root = createRoot(element);
  root.render(
    <ErrorBoundary report={session.reportDefect}>
      <ComparisonApp session={session} />
    </ErrorBoundary>,
  );
  // VS Code gives the keyboard to the page as a whole.
  const onFocus = (): void => {
    if (document.activeElement === document.body)
      element.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  };
  const onError = (event: ErrorEvent): void => session.reportDefect(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent): void => session.reportDefect(event.reason);
  window.addEventListener("focus", onFocus);
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejection);
  // What the page says until its script is there.
  document.getElementById("opening")?.remove();
  void session.load().catch(session.reportDefect);
  return () => {
    window.removeEventListener("focus", onFocus);
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
    root.unmount();
    session.dispose();
  };
}
