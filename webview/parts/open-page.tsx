import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary } from "./ErrorBoundary.tsx";

/** What a page needs of its conversation with the extension. */
export interface PageSession {
  load(): Promise<void>;
  reportDefect(error: unknown): void;
  dispose(): void;
}

/** Draws a page into `element`, and has the extension told of what goes wrong in it; returns how to take it away again. */
export function openPage(element: HTMLElement, session: PageSession, content: ReactNode): () => void {
  const root = createRoot(element);
  root.render(<ErrorBoundary report={session.reportDefect}>{content}</ErrorBoundary>);
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
