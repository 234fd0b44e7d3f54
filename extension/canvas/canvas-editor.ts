import * as vscode from "vscode";
import {
  canvasBreakpointsChanged,
  canvasComponentsChanged,
  canvasDocumentChanged,
  canvasInheritanceChanged,
  canvasPinsChanged,
  canvasProblemsChanged,
  canvasRunBlockedChanged,
  canvasRunChanged,
  canvasTrailChanged,
} from "#protocol";
import { bindLanguage } from "../open-as.ts";
import { canvasBreakpoints } from "./canvas-breakpoints.ts";
import { type CanvasSurroundings, createCanvasHost, runBlocked, showSelection } from "./canvas-host.ts";
import { openCanvasPanel } from "./canvas-panel.ts";
import { documentChange } from "./document-change.ts";
import { readOnlyReason } from "./read-only-reason.ts";
import { stageProblems } from "./stage-problems.ts";

/** Opens canvases and keeps them true to text, problems, breakpoints and runs. */
export interface CanvasEditor extends vscode.Disposable {
  open(document: vscode.TextDocument, webviewPanel: vscode.WebviewPanel): Promise<void>;
}

/** An editor that no canvas is open in. */
export function createCanvasEditor(surroundings: CanvasSurroundings): CanvasEditor {
  const {
    edge,
    texts,
    canvases,
    breakpoints,
    answers,
    runs,
    pins,
    cursors,
    components,
    dist,
    inheritances,
    inherited,
    language,
  } = surroundings;
  const host = createCanvasHost(surroundings);

  const showBreakpoints = (uri: vscode.Uri): void => {
    const shown = canvases
      .all()
      .filter(({ document }) => isSame(document.uri, uri) || inherited.inheritsFrom(document, uri));
    for (const { document, channel } of shown) {
      void edge.run("showing breakpoints", async () => {
        await inherited.settle(document);
        channel.emit(canvasBreakpointsChanged, canvasBreakpoints(inherited.breakpointsOf(document), answers));
      });
    }
  };

  const subscriptions = vscode.Disposable.from(
    texts.onDidChange((change) => {
      const message = documentChange(change);
      for (const { channel } of canvases.of(change.document.uri))
        channel.emit(canvasDocumentChanged, message);
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const panel of uris.flatMap((uri) => canvases.of(uri))) {
        panel.channel.emit(canvasProblemsChanged, stageProblems(panel.document, texts.read(panel.document)));
      }
    }),
    breakpoints.onDidChange(showBreakpoints),
    answers.onDidChange(showBreakpoints),
    runs.onDidChange(({ uri, change }) => {
      for (const { channel } of canvases.of(uri)) channel.emit(canvasRunChanged, change);
    }),
    pins.onDidChange((uri) => {
      for (const { channel } of canvases.of(uri)) channel.emit(canvasPinsChanged, pins.of(uri));
    }),
    surroundings.trails.onDidChange((uri) => {
      for (const { channel } of canvases.of(uri))
        channel.emit(canvasTrailChanged, surroundings.trails.of(uri));
    }),
    inheritances.onDidChange((uri) => {
      const inheritance = inheritances.of(uri);
      if (inheritance === null) return;
      for (const { channel } of canvases.of(uri)) channel.emit(canvasInheritanceChanged, inheritance);
      showBreakpoints(uri);
    }),
    components.onDidChange(() => {
      for (const { document, channel } of canvases.all())
        channel.emit(canvasComponentsChanged, components.of(document.uri));
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      for (const { document, channel } of canvases.all())
        channel.emit(canvasRunBlockedChanged, { reason: runBlocked(document) });
    }),
  );

  return {
    async open(document, webviewPanel) {
      const opened = openedText(document);
      const panel = openCanvasPanel(webviewPanel, { document, opened, dist, host, edge });
      canvases.add(panel);
      void edge.run("asking what a pipeline inherits", async () => {
        // The language server knows what has our language: a record's own text has not until it was given it.
        await opened;
        inheritances.take(document.uri, await language.inheritanceOf(document.uri));
      });
      void edge.run("reading the pins of a pipeline", () => pins.refresh(document.uri));
      // Opened in place of the text, the canvas begins where the cursor was.
      panel.reveal(cursors.stageIn(document));
      webviewPanel.onDidChangeViewState(() => showSelection(canvases));
      webviewPanel.onDidDispose(() => showSelection(canvases));
      await opened;
    },
    dispose: () => subscriptions.dispose(),
  };
}

/** Gives the text our language; why it cannot be edited. */
async function openedText(document: vscode.TextDocument): Promise<string | null> {
  await bindLanguage(document);
  return await readOnlyReason(document.uri);
}

function isSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return one.toString() === other.toString();
}
