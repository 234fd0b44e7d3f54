import { createRoot } from "react-dom/client";
import type { Viewport } from "./graph/view-window.ts";
import { createDrafts } from "./inspector/drafts.ts";
import { DraftsProvider } from "./inspector/drafts-context.tsx";
import { App } from "./parts/App.tsx";
import { ErrorBoundary } from "./parts/ErrorBoundary.tsx";
import { createCanvasSession } from "./session/canvas-session.ts";
import { SessionProvider } from "./session/session-context.tsx";
import { readViewState, type ViewPort } from "./view-port.ts";

/** Draws the canvas into `element` and connects it over `port`; returns how to take it away again. */
export function openCanvas(element: HTMLElement, port: ViewPort): () => void {
  const session = createCanvasSession(port);
  const kept = readViewState(port);
  let viewport: Viewport | null = kept?.viewport ?? null;

  if (kept?.inspector !== undefined) {
    const { inspector } = kept;
    session.store.update((model) => ({ ...model, inspector }));
  }
  const drafts = createDrafts(session, kept?.drafts ?? []);

  const keep = (): void => {
    const { document, selection, inspector } = session.store.get();
    if (viewport === null || document === null) return;
    port.writeState({ viewport, selection: [...selection.stages], inspector, drafts: drafts.unwritten() });
  };
  let keptOf = session.store.get();
  const stopKeeping = session.store.subscribe(() => {
    const model = session.store.get();
    const same = model.selection === keptOf.selection && model.inspector === keptOf.inspector;
    if (model.selection !== keptOf.selection) drafts.flush();
    keptOf = model;
    if (!same) keep();
  });
  const stopKeepingDrafts = drafts.store.subscribe(keep);
  // Leaving the page, or VS Code, ends the typing.
  const leave = (): void => drafts.flush();
  window.addEventListener("blur", leave);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", leave);

  const root = createRoot(element);
  root.render(
    <ErrorBoundary report={session.reportDefect}>
      <SessionProvider session={session}>
        <DraftsProvider drafts={drafts}>
          <App
            keptViewport={viewport}
            onViewSettled={(settled) => {
              viewport = settled;
              keep();
            }}
          />
        </DraftsProvider>
      </SessionProvider>
    </ErrorBoundary>,
  );

  const onError = (event: ErrorEvent): void => session.reportDefect(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent): void => session.reportDefect(event.reason);
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejection);

  void session.load().then(() => restoreSelection(kept?.selection ?? []));

  function restoreSelection(keys: readonly string[]): void {
    session.store.update((model) => {
      const items = model.document?.graph.items;
      const there = keys.filter((key) => items?.has(key) === true);
      if (there.length === 0 || model.selection.stages.size > 0) return model;
      return { ...model, selection: { stages: new Set(there), wire: null } };
    });
  }

  return () => {
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
    window.removeEventListener("blur", leave);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", leave);
    stopKeeping();
    stopKeepingDrafts();
    drafts.dispose();
    root.unmount();
    session.dispose();
  };
}
