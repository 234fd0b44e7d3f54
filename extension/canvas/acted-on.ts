import * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import type { CanvasPanel } from "./canvas-panel.ts";
import type { Canvases } from "./canvases.ts";
import type { TextCursors } from "./text-cursors.ts";

/** What a command acts on that names nothing. Each throws a {@link Refusal} where there is none. */
export interface ActedOn {
  activeCanvas(): CanvasPanel;
  /** The active canvas with the one stage that is selected on it. */
  callingStage(): { readonly panel: CanvasPanel; readonly stage: string };
  /** The first stage that is selected on the active canvas, else the one at the text cursor. */
  selectedStage(): { readonly document: vscode.TextDocument; readonly stage: string };
}

/** Reads canvases and cursors anew for each command. */
export function createActedOn(canvases: Canvases, cursors: TextCursors): ActedOn {
  const activeCanvas = (): CanvasPanel => {
    const panel = canvases.active();
    if (panel === undefined) throw new Refusal("Open a pipeline on the canvas first.");
    return panel;
  };
  return {
    activeCanvas,
    callingStage() {
      const panel = activeCanvas();
      const [stage, ...others] = panel.selection;
      if (stage === undefined || others.length > 0) {
        throw new Refusal("Select one stage on the canvas, one that calls a pipeline.");
      }
      return { panel, stage };
    },
    selectedStage() {
      const panel = canvases.active();
      const document = panel?.document ?? vscode.window.activeTextEditor?.document;
      const stage = panel === undefined ? document && cursors.stageIn(document) : panel.selection[0];
      if (document === undefined || stage === undefined || stage === null) {
        throw new Refusal("Select a stage on the canvas, or put the cursor into its text.");
      }
      return { document, stage };
    },
  };
}
