import type { Point } from "#core/layout";
import { MOST_AT_ONCE } from "../graph/graph-layout.ts";
import { layOut, type Placement } from "../graph/place.ts";
import type { Tidying } from "../graph/tidy.ts";
import type { Layouts } from "../layout-worker/layouts.ts";
import type { CanvasModel, Notice } from "../model/canvas-model.ts";
import type { Store } from "../store/store.ts";

/** Does the layouts that Tidy Layout needs: few stages at once, many in a worker while the canvas says so. */
export interface Tidier {
  /**
   * Calls `arrange` with where the stages come to stand, once that is known; a later call takes the place of an earlier
   * one. A pipeline that has changed meanwhile stays as it is, and so it does when the layout fails; both are told.
   */
  tidy(tidyings: readonly Tidying[], arrange: (places: ReadonlyMap<string, Point>) => void): void;
  cancel(): void;
}

export function createTidier(
  store: Store<CanvasModel>,
  layouts: Layouts,
  tell: (severity: Notice["severity"], text: string) => void,
): Tidier {
  let running: AbortController | null = null;

  const layoutOfGraph = () => store.get().document?.graph.layout;

  /** As the graph has it already, where nothing but positions of the file lies between. */
  const known = ({ plan }: Tidying): Placement | null => {
    const layout = layoutOfGraph();
    if (layout?.kind === "settled" && layout.plan === plan && layout.fresh !== null) return layout.fresh;
    return plan.nodes.length > MOST_AT_ONCE ? null : layOut(plan);
  };

  const end = (abort: AbortController): boolean => {
    if (running !== abort) return false;
    running = null;
    store.update((model) => ({ ...model, tidying: false }));
    return true;
  };

  const run = async (
    tidyings: readonly Tidying[],
    arrange: (places: ReadonlyMap<string, Point>) => void,
    abort: AbortController,
  ): Promise<void> => {
    const before = layoutOfGraph()?.plan;
    try {
      const places = new Map<string, Point>();
      for (const tidying of tidyings) {
        const fresh = known(tidying) ?? (await layouts.layOut(tidying.plan, abort.signal));
        for (const [key, place] of tidying.placesIn(fresh)) places.set(key, place);
      }
      if (!end(abort)) return;
      if (layoutOfGraph()?.plan === before) arrange(places);
      else
        tell(
          "information",
          "The pipeline has changed while it was laid out. Nothing was moved: tidy it again.",
        );
    } catch (error) {
      if (!end(abort)) return;
      tell("error", `${error instanceof Error ? error.message : String(error)} Nothing was moved.`);
    }
  };

  const cancel = (): void => {
    const abort = running;
    if (abort === null) return;
    end(abort);
    abort.abort();
  };

  return {
    cancel,
    tidy(tidyings, arrange) {
      cancel();
      const all = tidyings.map((tidying) => ({ tidying, fresh: known(tidying) }));
      if (all.every(({ fresh }) => fresh !== null)) {
        arrange(
          new Map(all.flatMap(({ tidying, fresh }) => (fresh === null ? [] : [...tidying.placesIn(fresh)]))),
        );
        return;
      }
      running = new AbortController();
      store.update((model) => ({ ...model, tidying: true }));
      void run(tidyings, arrange, running);
    },
  };
}
