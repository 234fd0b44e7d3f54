import type { CanvasModel } from "../model/canvas-model.ts";
import type { Store } from "../store/store.ts";
import type { ViewOrder } from "./view-order.ts";

/** Orders to the view. They wait while there is none, and until the stage that they are about has a place. */
export interface Orders {
  order(order: ViewOrder): void;
  onOrder(listener: (order: ViewOrder) => void): () => void;
  dispose(): void;
}

export function createOrders(store: Store<CanvasModel>): Orders {
  const listeners = new Set<(order: ViewOrder) => void>();
  const waiting: ViewOrder[] = [];

  const isUnplaced = (wanted: ViewOrder): boolean => {
    const graph = store.get().document?.graph;
    return wanted.kind === "show" && graph?.layout.kind === "awaited" && !graph.boxes.has(wanted.key);
  };

  const order = (wanted: ViewOrder): void => {
    if (listeners.size === 0 || isUnplaced(wanted)) waiting.push(wanted);
    else for (const listener of listeners) listener(wanted);
  };

  const giveWaiting = (): void => {
    for (const wanted of waiting.splice(0)) order(wanted);
  };

  let layout = store.get().document?.graph.layout;
  const unsubscribe = store.subscribe(() => {
    const before = layout;
    layout = store.get().document?.graph.layout;
    if (layout !== before && layout?.kind === "settled") giveWaiting();
  });

  return {
    order,
    onOrder(listener) {
      listeners.add(listener);
      giveWaiting();
      return () => listeners.delete(listener);
    },
    dispose: unsubscribe,
  };
}
