import * as vscode from "vscode";
import type { CanvasPanel } from "./canvas-panel.ts";

/** Every open canvas; the one place that knows which is active. */
export interface Canvases {
  add(panel: CanvasPanel): void;
  of(uri: vscode.Uri): readonly CanvasPanel[];
  all(): readonly CanvasPanel[];
  active(): CanvasPanel | undefined;
}

/** No canvas is open yet. */
export function createCanvases(): Canvases {
  const panels = new Set<CanvasPanel>();
  return {
    add(panel) {
      panels.add(panel);
      panel.webviewPanel.onDidDispose(() => panels.delete(panel));
    },
    of: (uri) => [...panels].filter((panel) => panel.document.uri.toString() === uri.toString()),
    all: () => [...panels],
    active: () => [...panels].find((panel) => panel.webviewPanel.active),
  };
}
