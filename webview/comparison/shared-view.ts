import type { Viewport } from "../graph/view-window.ts";
import { createStore, type Store } from "../store/store.ts";

/** What canvases that show parts of the same thing have in common: they are panned and scaled as one. */
export interface SharedView {
  /** Null until the first canvas has shown something. */
  readonly viewport: Store<Viewport | null>;
  /** Brings a stage into view, by its key, on the canvases that have it; or everything. */
  order(order: SharedOrder): void;
  onOrder(obey: (order: SharedOrder) => void): () => void;
}

export type SharedOrder =
  | { readonly kind: "reveal"; readonly key: string }
  | { readonly kind: "fit" }
  | { readonly kind: "zoom"; readonly factor: number };

/** A view that nobody looks through yet. */
export function createSharedView(): SharedView {
  const viewport = createStore<Viewport | null>(null);
  const listeners = new Set<(order: SharedOrder) => void>();
  return {
    viewport,
    order: (order) => {
      for (const obey of [...listeners]) obey(order);
    },
    onOrder(obey) {
      listeners.add(obey);
      return () => listeners.delete(obey);
    },
  };
}
