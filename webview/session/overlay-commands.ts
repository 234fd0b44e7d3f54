import type { Overlay } from "../model/overlay.ts";
import type { CanvasSession } from "./canvas-session.ts";

/** Opens what lies over the canvas, in place of what lay there. */
export function openOverlay(session: CanvasSession, overlay: Overlay): void {
  session.store.update((model) => ({ ...model, overlay }));
}

/** Closes whatever lies over the canvas. */
export function closeOverlay(session: CanvasSession): void {
  session.store.update((model) =>
    model.overlay.kind === "none" ? model : { ...model, overlay: { kind: "none" } },
  );
}
