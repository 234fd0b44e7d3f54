import {
  comparisonKeep,
  comparisonOpenText,
  comparisonOpenTextDiff,
  comparisonView,
  type DiffChange,
  type DiffTopic,
  type KeptComparison,
  type Port,
  type ShownComparison,
  type TextPlace,
} from "#protocol";
import { createStore, type Store } from "../store/store.ts";
import {
  type ComparisonModel,
  initialModel,
  listedChanges,
  lookedAt,
  stageLookedAt,
  stepFrom,
  withFilter,
  withShown,
} from "./comparison-model.ts";
import { createSharedView, type SharedView } from "./shared-view.ts";
import { converse } from "./view-conversation.ts";

/** The view's conversation with the extension, and what it knows. */
export interface ComparisonSession {
  readonly store: Store<ComparisonModel>;
  readonly view: SharedView;
  load(): Promise<void>;
  /** Looks at a change, and brings its stage into view. */
  look(change: DiffChange): void;
  /** Looks at the stage of a key of the union graph, or at none. */
  lookAtStage(key: string | null): void;
  /** Looks at a stage by its id. */
  lookAt(stage: string): void;
  step(to: "next" | "previous"): void;
  toggle(topic: DiffTopic): void;
  arrange(arrangement: ComparisonModel["arrangement"]): void;
  openText(side: "before" | "after", place: TextPlace | null): void;
  openTextDiff(): void;
  reportDefect(error: unknown): void;
  dispose(): void;
}

/** `keep` is told of what is compared, for when the window is loaded anew. */
export function createComparisonSession(port: Port, keep: (kept: KeptComparison) => void): ComparisonSession {
  const store = createStore(initialModel);
  const view = createSharedView();
  const look = (change: DiffChange): void => {
    store.update((model) => lookedAt(model, change));
    const key = store.get().graphs?.union.keyOf.get(change.stage ?? "");
    if (key !== undefined) view.order({ kind: "reveal", keys: [key] });
  };
  const step = (to: "next" | "previous"): void => {
    const change = stepFrom(store.get(), to);
    if (change !== null) look(change);
  };

  const show = (shown: ShownComparison): void => store.update((model) => withShown(model, shown));
  const { channel, ask, reportDefect, dispose } = converse(port, comparisonView, { show, step });
  channel.onEvent(comparisonKeep, keep);
  return {
    store,
    view,
    reportDefect,
    look,
    step,
    async load() {
      show(await ask());
      // Of a large graph the part is seen first in which something is different.
      const { graphs } = store.get();
      const [key] = listedChanges(store.get()).flatMap(
        ({ stage }) => graphs?.union.keyOf.get(stage ?? "") ?? [],
      );
      if (key !== undefined) view.order({ kind: "reveal", keys: [key] });
    },
    lookAtStage(key) {
      const item = key === null ? undefined : store.get().graphs?.union.items.get(key);
      store.update((model) => stageLookedAt(model, item?.kind === "stage" ? item.card.id : null));
      if (key !== null) view.order({ kind: "reveal", keys: [key] });
    },
    lookAt(stage) {
      store.update((model) => stageLookedAt(model, stage));
      const key = store.get().graphs?.union.keyOf.get(stage);
      if (key !== undefined) view.order({ kind: "reveal", keys: [key] });
    },
    toggle: (topic) => store.update((model) => withFilter(model, topic)),
    arrange: (arrangement) => {
      store.update((model) => ({ ...model, arrangement }));
      // Panes of another width show another part.
      view.startOver();
    },
    openText: (side, place) => channel.emit(comparisonOpenText, { side, place }),
    openTextDiff: () => channel.emit(comparisonOpenTextDiff, {}),
    dispose,
  };
}
