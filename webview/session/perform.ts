import type { CanvasAction } from "#protocol";
import { goToPalette } from "../palette/palette-commands.ts";
import { alignSelection, distributeSelection, tidyLayout } from "./arrange.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { openOverlay } from "./overlay-commands.ts";

/** Does what a command of VS Code asks of the canvas. */
export function perform(session: CanvasSession, action: CanvasAction): void {
  switch (action) {
    case "fit":
      session.order({ kind: "fit" });
      return;
    case "search-stage":
      openOverlay(session, { kind: "search" });
      return;
    case "show-palette":
      goToPalette(session);
      return;
    case "align-left":
      alignSelection(session, "left");
      return;
    case "align-centre":
      alignSelection(session, "centre");
      return;
    case "align-right":
      alignSelection(session, "right");
      return;
    case "align-top":
      alignSelection(session, "top");
      return;
    case "align-middle":
      alignSelection(session, "middle");
      return;
    case "align-bottom":
      alignSelection(session, "bottom");
      return;
    case "distribute-horizontally":
      distributeSelection(session, "horizontally");
      return;
    case "distribute-vertically":
      distributeSelection(session, "vertically");
      return;
    case "tidy-layout":
      tidyLayout(session);
      return;
  }
}
