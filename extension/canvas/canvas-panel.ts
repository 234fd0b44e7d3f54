import * as vscode from "vscode";
import type { CanvasEdit } from "#core/pipeline";
import {
  type CanvasAction,
  type CanvasState,
  type Channel,
  canvasControlRun,
  canvasDebug,
  canvasDefect,
  canvasDrawPng,
  canvasEditRequest,
  canvasExtractSubpipeline,
  canvasFieldCompletions,
  canvasFieldHover,
  canvasGoBack,
  canvasGoToPosition,
  canvasInlineSubpipeline,
  canvasOpenAsText,
  canvasOpenCalledPipeline,
  canvasOpenOrigin,
  canvasPerform,
  canvasReady,
  canvasReveal,
  canvasRevealInText,
  canvasRunRequest,
  canvasSave,
  canvasSelectionChanged,
  canvasShowResolved,
  canvasToggleBreakpoint,
  createChannel,
  type DrawnPng,
  type FieldCompletions,
  type FieldCursor,
  type FieldHover,
  type RequestMessage,
  type StageControl,
} from "#protocol";
import type { Edge } from "../edge.ts";
import { type Page, pageHtml } from "../page-html.ts";
import type { EditOutcome } from "./apply-edit.ts";
import { webviewPort } from "./webview-port.ts";

const canvasPage: Page = {
  name: "webview",
  title: "Pipeline",
  opening: "Loading the pipeline…",
  // A PNG of the graph is drawn from a picture, and large graphs are laid out by a worker.
  needs: ["own-pictures", "workers"],
};

/** What a canvas asks of the extension. */
export interface CanvasHost {
  state(panel: CanvasPanel): CanvasState;
  edit(panel: CanvasPanel, edit: CanvasEdit): Promise<EditOutcome>;
  revealInText(panel: CanvasPanel, stage: string): Promise<void>;
  goToPosition(panel: CanvasPanel, line0: number, character: number): Promise<void>;
  openAsText(panel: CanvasPanel): Promise<void>;
  showResolved(panel: CanvasPanel): Promise<void>;
  extractSubpipeline(panel: CanvasPanel, stages: readonly string[]): Promise<void>;
  inlineSubpipeline(panel: CanvasPanel, stage: string): Promise<void>;
  openCalledPipeline(panel: CanvasPanel, stage: string): Promise<void>;
  goBack(panel: CanvasPanel, step: number): Promise<void>;
  openOrigin(panel: CanvasPanel, stage: string): Promise<void>;
  toggleBreakpoint(panel: CanvasPanel, stage: string): Promise<void>;
  controlRun(panel: CanvasPanel, stage: string, control: StageControl): Promise<void>;
  start(panel: CanvasPanel, mode: "debug" | "run"): Promise<void>;
  selectionChanged(panel: CanvasPanel): void;
  completeField(panel: CanvasPanel, cursor: FieldCursor): Promise<FieldCompletions>;
  hoverField(panel: CanvasPanel, cursor: FieldCursor): Promise<FieldHover | null>;
}

/** One open canvas: its webview and the conversation with it. */
export interface CanvasPanel {
  readonly document: vscode.TextDocument;
  readonly webviewPanel: vscode.WebviewPanel;
  readonly channel: Channel;
  /** Why it cannot be edited, for people; null where it can. */
  readonly readOnly: string | null;
  /** Ids of the selected stages. */
  readonly selection: readonly string[];
  /** Selects a stage and brings it into view; while the page still loads, it is shown first. */
  reveal(stage: string | null): void;
  /** The stage that {@link reveal} asked for before the page had loaded; asking takes it. */
  takeFirstReveal(): string | null;
  perform(action: CanvasAction): void;
  /** Makes pixels of an SVG of ours; refused when the page is not there, or goes meanwhile. */
  drawPng(svg: string): Promise<DrawnPng>;
}

const notDrawn: DrawnPng = {
  ok: false,
  message: "The canvas, which draws the PNG, is not on the screen: export again once it is.",
};

/**
 * Loads the canvas into the webview and connects it to `host`; it lives as long as the webview. The page is loaded at
 * once, and says so; its pipeline is told once `opened` knows why it cannot be edited, null where it can.
 */
export function openCanvasPanel(
  webviewPanel: vscode.WebviewPanel,
  options: {
    readonly document: vscode.TextDocument;
    readonly opened: Promise<string | null>;
    readonly dist: vscode.Uri;
    readonly host: CanvasHost;
    readonly edge: Edge;
  },
): CanvasPanel {
  const { document, opened, dist, host, edge } = options;
  const { webview } = webviewPanel;
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const channel = createChannel(webviewPort(webview), edge.report);
  webviewPanel.onDidDispose(() => channel.dispose());

  let selection: readonly string[] = [];
  let ready = false;
  let readOnly: string | null = "The pipeline is still being opened.";
  let firstReveal: string | null = null;

  // A hidden page is thrown away; shown again it loads anew and asks for its state.
  webviewPanel.onDidChangeViewState(() => {
    if (!webviewPanel.visible) ready = false;
  });

  const panel: CanvasPanel = {
    document,
    webviewPanel,
    channel,
    get readOnly() {
      return readOnly;
    },
    get selection() {
      return selection;
    },
    reveal(stage) {
      if (ready) channel.emit(canvasReveal, { stage });
      else firstReveal = stage;
    },
    takeFirstReveal() {
      const stage = firstReveal;
      firstReveal = null;
      return stage;
    },
    perform: (action) => channel.emit(canvasPerform, { action }),
    async drawPng(svg) {
      if (!ready) return notDrawn;
      // A page that is thrown away answers nothing any more.
      const gone = new AbortController();
      const hidden = webviewPanel.onDidChangeViewState(() => {
        if (!webviewPanel.visible) gone.abort();
      });
      try {
        return await channel.request(canvasDrawPng, { svg }, gone.signal);
      } catch (error) {
        if (gone.signal.aborted) return notDrawn;
        throw error;
      } finally {
        hidden.dispose();
      }
    },
  };

  channel.onRequest(canvasReady, async () => {
    readOnly = await opened;
    ready = true;
    return host.state(panel);
  });
  channel.onRequest(canvasEditRequest, async ({ edit }) => {
    if (readOnly !== null) return { ok: false, message: readOnly };
    return await host.edit(panel, edit);
  });
  channel.onRequest(canvasFieldCompletions, (cursor) => host.completeField(panel, cursor));
  channel.onRequest(canvasFieldHover, (cursor) => host.hoverField(panel, cursor));
  /** Answers that something was done. */
  const carriedOut = <Params>(
    message: RequestMessage<Params, null>,
    act: (params: Params) => Promise<void>,
  ): void =>
    channel.onRequest(message, async (params) => {
      await act(params);
      return null;
    });
  carriedOut(canvasRevealInText, ({ stage }) => host.revealInText(panel, stage));
  carriedOut(canvasGoToPosition, ({ line0, character }) => host.goToPosition(panel, line0, character));
  carriedOut(canvasOpenAsText, () => host.openAsText(panel));
  carriedOut(canvasShowResolved, () => host.showResolved(panel));
  carriedOut(canvasExtractSubpipeline, ({ stages }) => host.extractSubpipeline(panel, stages));
  carriedOut(canvasInlineSubpipeline, ({ stage }) => host.inlineSubpipeline(panel, stage));
  carriedOut(canvasOpenCalledPipeline, ({ stage }) => host.openCalledPipeline(panel, stage));
  carriedOut(canvasGoBack, ({ step }) => host.goBack(panel, step));
  carriedOut(canvasOpenOrigin, ({ stage }) => host.openOrigin(panel, stage));
  carriedOut(canvasToggleBreakpoint, ({ stage }) => host.toggleBreakpoint(panel, stage));
  carriedOut(canvasControlRun, ({ stage, control }) => host.controlRun(panel, stage, control));
  carriedOut(canvasDebug, () => host.start(panel, "debug"));
  carriedOut(canvasRunRequest, () => host.start(panel, "run"));
  channel.onRequest(canvasSave, async () => {
    // What keeps it from being saved VS Code says itself.
    await document.save();
    return null;
  });
  channel.onEvent(canvasSelectionChanged, ({ stages }) => {
    selection = stages;
    host.selectionChanged(panel);
  });
  channel.onEvent(canvasDefect, ({ message, stack }) =>
    edge.log.error(`canvas of ${document.fileName}: ${stack ?? message}`),
  );

  webview.html = pageHtml(canvasPage, webview, dist);
  return panel;
}
