import type { Point } from "#core/layout";
import type { Viewport } from "../graph/view-window.ts";
import { createStore, type Store } from "../store/store.ts";

/** What canvases that show parts of the same thing have in common: they are panned and scaled as one. */
export interface SharedView {
  /** Null until the first canvas has shown something. */
  readonly viewport: Store<Viewport | null>;
  /** The stage that was brought into view last: it is in what is seen first. */
  readonly focus: Store<Reveal | null>;
  /** Has the canvases set anew what is seen: they have another size. */
  startOver(): void;
  /** Brings a stage into view on the canvases that have it; or everything. */
  order(order: SharedOrder): void;
  onOrder(obey: (order: SharedOrder) => void): () => void;
}

/** A stage by the keys that it has on the canvases. */
export interface Reveal {
  readonly kind: "reveal";
  readonly keys: readonly string[];
  /** Where it stands in the view, for canvases that have laid it out elsewhere; else where each has it. */
  readonly at?: Point;
}

export type SharedOrder =
  | Reveal
  | { readonly kind: "fit" }
  | { readonly kind: "zoom"; readonly factor: number };

/** A view that nobody looks through yet. */
export function createSharedView(): SharedView {
  const viewport = createStore<Viewport | null>(null);
  const focus = createStore<Reveal | null>(null);
  const listeners = new Set<(order: SharedOrder) => void>();
  return {
    viewport,
    focus,
    startOver: () => viewport.update(() => null),
    order: (order) => {
      if (order.kind === "reveal") focus.update(() => order);
      for (const obey of [...listeners]) obey(order);
    },
    onOrder(obey) {
      listeners.add(obey);
      return () => listeners.delete(obey);
    },
  };
}
