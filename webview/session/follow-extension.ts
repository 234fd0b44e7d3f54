import {
  type CanvasAction,
  type Channel,
  canvasBreakpointsChanged,
  canvasComponentsChanged,
  canvasDocumentChanged,
  canvasInheritanceChanged,
  canvasPerform,
  canvasPinsChanged,
  canvasProblemsChanged,
  canvasReveal,
  canvasRunBlockedChanged,
  canvasRunChanged,
  canvasTrailChanged,
  type EventMessage,
} from "#protocol";
import { type CanvasModel, facesByType, noSelection, withDocument } from "../model/canvas-model.ts";
import { changeDocument, withInheritance } from "../model/document-state.ts";
import { stageOfInterest, updateRun } from "../model/run-view.ts";
import { isOnlyStage, onlyStage } from "../model/selection.ts";
import { breakpointsByStage, pinsByStage, problemsByStage } from "../model/stage-marks.ts";
import type { Store } from "../store/store.ts";
import type { ViewOrder } from "./view-order.ts";

/** What follows from news besides another model. */
export interface FollowUps {
  /** Anything has been told. */
  heard(): void;
  /** Asks for everything again: the news are of a text that is not the one here. */
  load(): void;
  order(order: ViewOrder): void;
  perform(action: CanvasAction): void;
}

/** Has the model follow what the extension tells. Gives what shows a stage, or with null no single one. */
export function followExtension(
  channel: Channel,
  store: Store<CanvasModel>,
  { heard, load, order, perform }: FollowUps,
): (stage: string | null) => void {
  function reveal(stage: string | null): void {
    const { document, selection } = store.get();
    if (stage === null) {
      if (selection.stages.size === 1) store.update((model) => ({ ...model, selection: noSelection }));
      return;
    }
    const key = document?.graph.keyOf.get(stage);
    if (key === undefined) return;
    store.update((model) => {
      // The cursor moves with each key that is typed in the text: most of its places are in the stage it was in.
      if (isOnlyStage(model.selection, key) && model.focus === key) return model;
      return { ...model, selection: onlyStage(key), focus: key };
    });
    order({ kind: "show", key });
  }

  const on = <Params>(news: EventMessage<Params>, follow: (params: Params) => void): void =>
    channel.onEvent(news, (params) => {
      heard();
      follow(params);
    });

  on(canvasDocumentChanged, (change) => {
    const { document } = store.get();
    if (document === null) return;
    const next = changeDocument(document, change);
    if (next === null) load();
    else store.update((model) => withDocument(model, next));
  });
  on(canvasInheritanceChanged, (inheritance) => {
    store.update((model) =>
      model.document === null ? model : withDocument(model, withInheritance(model.document, inheritance)),
    );
  });
  on(canvasTrailChanged, (trail) => {
    store.update((model) => ({ ...model, trail }));
  });
  on(canvasProblemsChanged, (problems) => {
    store.update((model) => ({
      ...model,
      problems: problemsByStage(problems, model.problems),
      problemList: problems,
    }));
  });
  on(canvasBreakpointsChanged, (breakpoints) => {
    store.update((model) => ({ ...model, breakpoints: breakpointsByStage(breakpoints, model.breakpoints) }));
  });
  on(canvasPinsChanged, (pins) => {
    store.update((model) => ({ ...model, pins: pinsByStage(pins) }));
  });
  on(canvasComponentsChanged, (components) => {
    store.update((model) => ({ ...model, components: facesByType(components) }));
  });
  on(canvasRunBlockedChanged, ({ reason }) => {
    store.update((model) => ({ ...model, runBlocked: reason }));
  });
  on(canvasRunChanged, (news) => {
    const before = stageOfInterest(store.get().run);
    store.update((model) => ({ ...model, run: updateRun(model.run, news) }));
    const { document, run } = store.get();
    const stage = stageOfInterest(run);
    if (stage === null || stage === before) return;
    const key = document?.graph.keyOf.get(stage);
    if (key !== undefined) order({ kind: "show", key });
  });
  on(canvasReveal, ({ stage }) => reveal(stage));
  on(canvasPerform, ({ action }) => perform(action));
  return reveal;
}
