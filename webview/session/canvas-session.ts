import type { CanvasEdit, PipelineDocument } from "#core/pipeline";
import {
  type Channel,
  canvasControlRun,
  canvasDebug,
  canvasDefect,
  canvasDrawPng,
  canvasExtractSubpipeline,
  canvasFieldCompletions,
  canvasFieldHover,
  canvasGoBack,
  canvasGoToPosition,
  canvasInlineSubpipeline,
  canvasOpenAsText,
  canvasOpenCalledPipeline,
  canvasOpenOrigin,
  canvasReady,
  canvasRevealInText,
  canvasRunRequest,
  canvasSave,
  canvasSelectionChanged,
  canvasShowResolved,
  canvasToggleBreakpoint,
  createChannel,
  type FieldCompletions,
  type FieldCursor,
  type FieldHover,
  type RequestMessage,
  type StageControl,
} from "#protocol";
import { createLayouts } from "../layout-worker/layouts.ts";
import { type CanvasModel, initialModel, type Notice, withState } from "../model/canvas-model.ts";
import { selectedStageIds } from "../model/selection.ts";
import { createStore, type Store } from "../store/store.ts";
import type { ViewPort } from "../view-port.ts";
import { createEditQueue, type EditAnswer } from "./edit-queue.ts";
import { followExtension } from "./follow-extension.ts";
import { followLayouts } from "./follow-layouts.ts";
import { messageOf } from "./message-of.ts";
import { createOrders } from "./orders.ts";
import { perform } from "./perform.ts";
import { readInSteps } from "./read-in-steps.ts";
import { createTidier, type Tidier } from "./tidier.ts";
import type { ViewOrder } from "./view-order.ts";

/** The canvas's side of the conversation: a model that follows the extension, and the user's intents. */
export interface CanvasSession {
  readonly store: Store<CanvasModel>;
  /** Asks for everything, first and again when it failed. */
  load(): Promise<void>;
  /**
   * Shows the gesture at once, asks for it to be written, and takes it back with a notice when that is refused;
   * `whenAnswered` hears of it too.
   */
  edit(edit: CanvasEdit, whenAnswered?: (answer: EditAnswer) => void): void;
  /** What can stand at a place of a field; nothing where nobody knows. */
  completeField(cursor: FieldCursor): Promise<FieldCompletions>;
  /** What is known of what stands there. */
  hoverField(cursor: FieldCursor): Promise<FieldHover | null>;
  revealInText(stage: string): void;
  toggleBreakpoint(stage: string): void;
  /** Puts the cursor of a text editor there. */
  goToPosition(line0: number, character: number): void;
  openAsText(): void;
  /** Shows the pipeline with all that it inherits. */
  showResolved(): void;
  /** Makes stages a pipeline of their own. This and the seven below it see every edit that was asked for before. */
  extractSubpipeline(stages: readonly string[]): void;
  /** Writes the pipeline that a stage calls in its place. */
  inlineSubpipeline(stage: string): void;
  /** Shows the pipeline that a stage calls. */
  openCalledPipeline(stage: string): void;
  /** Shows a canvas of the way to this one. */
  goBack(step: number): void;
  /** Shows a stage of a parent where it is written. */
  openOrigin(stage: string): void;
  /** Has the debugger go on in another way, or pins a stage. */
  controlRun(stage: string, control: StageControl): void;
  run(): void;
  debug(): void;
  save(): void;
  tell(severity: Notice["severity"], text: string): void;
  /** Has a screen reader say what was done. */
  announce(text: string): void;
  reportDefect(error: unknown): void;
  /** Orders to the view; there is one listener, the mounted canvas. */
  order(order: ViewOrder): void;
  onOrder(listener: (order: ViewOrder) => void): () => void;
  /** Lays out what Tidy Layout is about. */
  readonly tidier: Tidier;
  /** Has the graph laid out once more, when that has failed. */
  retryLayout(): void;
  dispose(): void;
}

/** Opens the conversation over `port`. Nothing is asked until {@link CanvasSession.load}. */
export function createCanvasSession(port: ViewPort): CanvasSession {
  const store = createStore<CanvasModel>(initialModel);
  const layouts = createLayouts();
  const stopFollowing = followLayouts(store, layouts);
  const orders = createOrders(store);
  const { order } = orders;
  let nextId = 1;

  const channel: Channel = createChannel(port, (error) => reportDefect(error));

  function reportDefect(error: unknown): void {
    const defect = error instanceof Error ? error : new Error(String(error));
    channel.emit(canvasDefect, {
      message: defect.message,
      ...(defect.stack === undefined ? {} : { stack: defect.stack }),
    });
  }

  function tell(severity: Notice["severity"], text: string): void {
    store.update((model) => ({ ...model, notice: { id: nextId++, severity, text } }));
  }

  function announce(text: string): void {
    store.update((model) => ({ ...model, announcement: { id: nextId++, text } }));
  }

  let heard = 0;

  async function load(): Promise<void> {
    try {
      const before = heard;
      let state = await channel.request(canvasReady, null);
      const first = store.get().document === null;
      let read: PipelineDocument | undefined;
      if (first) {
        read = await readInSteps(state.text);
        // What was told meanwhile was about a text that is not here yet: it is all told again.
        if (heard !== before) state = await channel.request(canvasReady, null);
      }
      const same = read?.text === state.text ? read : undefined;
      store.update((model) => withState(model, state, same));
      // When the text is asked for again, the user's view stays where it is.
      if (first && state.reveal !== null) reveal(state.reveal);
    } catch (error) {
      store.update((model) => ({ ...model, connection: { kind: "failed", message: messageOf(error) } }));
    }
  }

  /** Sends what has no answer but "done"; a refusal is told. */
  function ask<Params>(message: RequestMessage<Params, null>, params: Params): void {
    channel.request(message, params).catch((error: unknown) => tell("error", messageOf(error)));
  }

  const { edit, afterEdits } = createEditQueue(channel, store, () => nextId++, tell);

  const reveal = followExtension(channel, store, {
    heard: () => {
      heard += 1;
    },
    load: () => void load(),
    order,
    perform: (action) => perform(session, action),
  });
  channel.onRequest(canvasDrawPng, async ({ svg }) => {
    const { drawPng } = await import("../export/draw-png.ts");
    return await drawPng(svg);
  });

  let told: readonly string[] = [];
  const stopTelling = store.subscribe(() => {
    const stages = selectedStageIds(store.get());
    if (stages.length === told.length && stages.every((stage, index) => stage === told[index])) return;
    told = stages;
    channel.emit(canvasSelectionChanged, { stages });
  });

  const session: CanvasSession = {
    store,
    load,
    edit,
    completeField: (cursor) => channel.request(canvasFieldCompletions, cursor),
    hoverField: (cursor) => channel.request(canvasFieldHover, cursor),
    revealInText: (stage) => ask(canvasRevealInText, { stage }),
    toggleBreakpoint: (stage) => ask(canvasToggleBreakpoint, { stage }),
    goToPosition: (line0, character) => ask(canvasGoToPosition, { line0, character }),
    openAsText: () => ask(canvasOpenAsText, null),
    showResolved: () => ask(canvasShowResolved, null),
    extractSubpipeline: (stages) => afterEdits(() => ask(canvasExtractSubpipeline, { stages })),
    inlineSubpipeline: (stage) => afterEdits(() => ask(canvasInlineSubpipeline, { stage })),
    openCalledPipeline: (stage) => afterEdits(() => ask(canvasOpenCalledPipeline, { stage })),
    goBack: (step) => afterEdits(() => ask(canvasGoBack, { step })),
    openOrigin: (stage) => afterEdits(() => ask(canvasOpenOrigin, { stage })),
    controlRun: (stage, control) => afterEdits(() => ask(canvasControlRun, { stage, control })),
    run: () => afterEdits(() => ask(canvasRunRequest, null)),
    debug: () => afterEdits(() => ask(canvasDebug, null)),
    save: () => afterEdits(() => ask(canvasSave, null)),
    tell,
    announce,
    reportDefect,
    order,
    onOrder: orders.onOrder,
    tidier: createTidier(store, layouts, tell),
    retryLayout: () => store.update((model) => ({ ...model, layoutFailure: null })),
    dispose() {
      stopTelling();
      orders.dispose();
      stopFollowing();
      session.tidier.cancel();
      layouts.dispose();
      channel.dispose();
    },
  };
  return session;
}
