import type { LayoutPlan } from "../graph/place.ts";
import type { Layouts } from "../layout-worker/layouts.ts";
import { awaitedPlan, type CanvasModel, withDocument } from "../model/canvas-model.ts";
import { settleDocument } from "../model/document-state.ts";
import type { Store } from "../store/store.ts";

/**
 * Has each graph laid out that waits for it, the newest one only: a layout that is still at work for an earlier graph is
 * stopped. What fails is in the model, and is tried again when it is taken out of there. Returns how to stop.
 */
export function followLayouts(store: Store<CanvasModel>, layouts: Layouts): () => void {
  let running: { readonly plan: LayoutPlan; readonly abort: AbortController } | null = null;

  const follow = (): void => {
    const plan = awaitedPlan(store.get());
    if (plan === (running?.plan ?? null)) return;
    running?.abort.abort();
    running = plan === null ? null : { plan, abort: new AbortController() };
    if (running !== null) void run(running.plan, running.abort.signal);
  };

  const run = async (plan: LayoutPlan, signal: AbortSignal): Promise<void> => {
    try {
      const fresh = await layouts.layOut(plan, signal);
      if (signal.aborted) return;
      running = null;
      store.update((model) =>
        model.document === null
          ? model
          : withDocument(model, settleDocument(model.document, { plan, fresh })),
      );
    } catch (error) {
      if (signal.aborted) return;
      running = null;
      const message = error instanceof Error ? error.message : String(error);
      store.update((model) => ({ ...model, layoutFailure: { plan, message } }));
    }
  };

  const unsubscribe = store.subscribe(follow);
  return () => {
    unsubscribe();
    running?.abort.abort();
  };
}
