import {
  type MergeChoice,
  type MergeDecision,
  type MergeSide,
  mergeChoose,
  mergeComplete,
  mergeOpenText,
  mergeRedo,
  mergeUndo,
  mergeView,
  type Port,
  type ShownMerge,
} from "#protocol";
import { createSharedView, type SharedView } from "../comparison/shared-view.ts";
import { converse } from "../comparison/view-conversation.ts";
import { createStore, type Store } from "../store/store.ts";
import { initialMerge, type MergeModel, stepFrom, withMerge } from "./merge-model.ts";
import { stageOnSides } from "./stage-on-sides.ts";

/** The view's conversation with the extension, and what it knows. */
export interface MergeSession {
  readonly store: Store<MergeModel>;
  readonly view: SharedView;
  load(): Promise<void>;
  /** Looks at a decision, and brings its stage into view on every graph. */
  look(decision: MergeDecision): void;
  lookAtStage(stage: string | null): void;
  step(to: "next" | "previous"): void;
  /** Null leaves it open again. */
  choose(decision: string, choice: MergeChoice | null): void;
  undo(): void;
  redo(): void;
  complete(): void;
  /** Shows a graph, or takes it away. */
  toggle(side: MergeSide): void;
  openText(side: MergeSide): void;
  reportDefect(error: unknown): void;
  dispose(): void;
}

/** `keep` is told of the file that is merged, for when the window is loaded anew. */
export function createMergeSession(port: Port, keep: (file: string) => void): MergeSession {
  const store = createStore(initialMerge);
  const view = createSharedView();
  /** Every graph has keys of its own for stages, and has laid some out elsewhere: they are seen where the result has them. */
  const reveal = (stage: string): void => {
    const { graphs } = store.get();
    const sides = stageOnSides(graphs, stage);
    const places = (["result", "ours", "theirs"] as const).flatMap((side) => {
      const key = sides.on(side);
      const box = key === null ? undefined : graphs.get(side)?.union.boxes.get(key);
      return key === null || box === undefined ? [] : [{ key, at: { x: box.x, y: box.y } }];
    });
    const [first] = places;
    if (first !== undefined)
      view.order({ kind: "reveal", keys: [...new Set(places.map(({ key }) => key))], at: first.at });
  };
  const look = ({ id, stage }: MergeDecision): void => {
    store.update((model) => ({ ...model, decision: id, stage }));
    if (stage !== null) reveal(stage);
  };
  const step = (to: "next" | "previous"): void => {
    const decision = stepFrom(store.get(), to);
    if (decision !== null) look(decision);
  };

  const show = (shown: ShownMerge): void => store.update((model) => withMerge(model, shown));
  const { channel, ask, reportDefect, dispose } = converse(port, mergeView, { show, step });
  return {
    store,
    view,
    reportDefect,
    look,
    step,
    async load() {
      const shown = await ask();
      show(shown);
      // Of large graphs the part is seen first that is decided first.
      const { stage } = store.get();
      if (stage !== null) reveal(stage);
      if (shown.kind === "merge") keep(shown.file);
    },
    lookAtStage: (stage) => store.update((model) => ({ ...model, stage })),
    choose: (decision, choice) => channel.emit(mergeChoose, { decision, choice }),
    undo: () => channel.emit(mergeUndo, {}),
    redo: () => channel.emit(mergeRedo, {}),
    complete: () => channel.emit(mergeComplete, {}),
    toggle(side) {
      store.update((model) => {
        const panes = new Set(model.panes);
        if (!panes.delete(side)) panes.add(side);
        return { ...model, panes };
      });
      // Panes of another size show another part.
      view.startOver();
    },
    openText: (side) => channel.emit(mergeOpenText, { side }),
    dispose,
  };
}
