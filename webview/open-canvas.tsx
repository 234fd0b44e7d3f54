import { createRoot } from "react-dom/client";
import type { Viewport } from "./graph/view-window.ts";
import { createDrafts } from "./inspector/drafts.ts";
import { DraftsProvider } from "./inspector/drafts-context.tsx";
import { type InspectorView, initialModel } from "./model/canvas-model.ts";
import { App } from "./parts/App.tsx";
import { ErrorBoundary } from "./parts/ErrorBoundary.tsx";
import { type CanvasSession, createCanvasSession } from "./session/canvas-session.ts";
import { SessionProvider } from "./session/session-context.tsx";
import { readViewState, type ViewPort, type ViewState } from "./view-port.ts";

/** Draws the canvas into `element` and connects it over `port`; returns how to take it away again. */
export function openCanvas(element: HTMLElement, port: ViewPort): () => void {
  const session = createCanvasSession(port);
  const kept = readViewState(port);
  let viewport: Viewport | null = kept?.viewport ?? null;

  const first = kept?.inspector ?? firstInspector(element);
  session.store.update((model) => ({
    ...model,
    inspector: first,
    palette: kept?.palette ?? model.palette,
  }));
  const drafts = createDrafts(session, kept?.drafts ?? []);

  let keeping: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(keeping);
    keeping = undefined;
    const { document, selection, inspector, palette } = session.store.get();
    if (viewport === null || document === null) return;
    const state: ViewState = {
      viewport,
      selection: [...selection.stages],
      inspector,
      palette,
      drafts: drafts.unwritten(),
    };
    port.writeState(state);
  };
  let keptOf = session.store.get();
  const stopKeeping = session.store.subscribe(() => {
    const model = session.store.get();
    const same =
      model.selection === keptOf.selection &&
      model.inspector === keptOf.inspector &&
      model.palette === keptOf.palette;
    if (model.selection !== keptOf.selection) drafts.flush();
    keptOf = model;
    if (!same) keep();
  });
  // VS Code takes the whole state each time, and hands it on to another process: not once for each key.
  const stopKeepingDrafts = drafts.store.subscribe(() => {
    keeping ??= setTimeout(keep, KEEP_AFTER);
  });
  // Leaving the page, or VS Code, ends the typing.
  const leave = (): void => {
    drafts.flush();
    if (keeping !== undefined) keep();
  };
  // Before VS Code hears of the key: the file is to have what was typed when it is saved or run.
  const onKey = (event: KeyboardEvent): void => {
    const command = drafts.unwritten().length === 0 ? null : commandOfFile(session, event);
    if (command === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    drafts.flush();
    command();
  };
  window.addEventListener("keydown", onKey, { capture: true });
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

  // What the page says until there is something of ours to see.
  const opening = document.getElementById("opening");
  const stopOpening = session.store.subscribe(() => {
    if (session.store.get().connection.kind === "loading") return;
    opening?.remove();
    stopOpening();
  });
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
    window.removeEventListener("keydown", onKey, { capture: true });
    window.removeEventListener("blur", leave);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", leave);
    stopOpening();
    stopKeeping();
    stopKeepingDrafts();
    clearTimeout(keeping);
    drafts.dispose();
    root.unmount();
    session.dispose();
  };
}

/** Beside a graph that has room for it; in a narrow editor it is opened by whoever wants it. */
function firstInspector({ clientWidth }: HTMLElement): InspectorView {
  return { ...initialModel.inspector, open: clientWidth >= LEAST_WIDTH_FOR_BOTH };
}

/** Milliseconds after the first key that is not kept yet. */
const KEEP_AFTER = 200;

/** In pixels. */
const LEAST_WIDTH_FOR_BOTH = 760;

/** What VS Code would do on a key that is about the file as a whole; null on any other. */
function commandOfFile(session: CanvasSession, event: KeyboardEvent): (() => void) | null {
  const { key, altKey, shiftKey } = event;
  const chord = event.ctrlKey || event.metaKey;
  if (altKey || shiftKey) return null;
  if (chord && key.toLowerCase() === "s") return session.save;
  const { phase } = session.store.get().run;
  // While a run is on, the key goes on with it.
  if (key !== "F5" || phase === "running" || phase === "stopped") return null;
  return chord ? session.run : session.debug;
}
