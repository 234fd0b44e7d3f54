import { createRoot } from "react-dom/client";
import type { Port } from "#protocol";
import { ErrorBoundary } from "../parts/ErrorBoundary.tsx";
import { TimelineApp } from "./TimelineApp.tsx";
import { createTimelineSession } from "./timeline-session.ts";

/** Draws the timeline into `element` and connects it over `port`; returns how to take it away again. */
export function openTimeline(element: HTMLElement, port: Port): () => void {
  const session = createTimelineSession(port);
  const root = createRoot(element);
  root.render(
    <ErrorBoundary report={session.reportDefect}>
      <TimelineApp session={session} />
    </ErrorBoundary>,
  );
  // VS Code gives the keyboard to the page as a whole.
  const onFocus = (): void => element.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  const onError = (event: ErrorEvent): void => session.reportDefect(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent): void => session.reportDefect(event.reason);
  window.addEventListener("focus", onFocus);
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejection);
  void session
    .load()
    .catch(session.reportDefect)
    .finally(() => document.getElementById("opening")?.remove());
  return () => {
    window.removeEventListener("focus", onFocus);
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
    root.unmount();
    session.dispose();
  };
}
