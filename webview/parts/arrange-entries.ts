import type { CanvasAction } from "#protocol";
import { type CanvasModel, editRefusal } from "../model/canvas-model.ts";
import { selectedStages } from "../model/selection.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { perform } from "../session/perform.ts";
import type { MenuEntry } from "./menu-entries.ts";

/** How several selected stages can be arranged. */
export function arrangeEntries(session: CanvasSession, model: CanvasModel): readonly MenuEntry[] {
  const refusal = editRefusal(model);
  const few = selectedStages(model).length < 3 ? "Select three stages or more." : null;
  const entry = (label: string, action: CanvasAction, blocked: string | null = null): MenuEntry => ({
    label,
    keys: "",
    act: () => perform(session, action),
    blocked: refusal ?? blocked,
    startsGroup: false,
  });
  return [
    entry("Align Left", "align-left"),
    entry("Align Centre", "align-centre"),
    entry("Align Right", "align-right"),
    { ...entry("Align Top", "align-top"), startsGroup: true },
    entry("Align Middle", "align-middle"),
    entry("Align Bottom", "align-bottom"),
    { ...entry("Distribute Horizontally", "distribute-horizontally", few), startsGroup: true },
    entry("Distribute Vertically", "distribute-vertically", few),
    { ...entry("Tidy Selected Stages", "tidy-layout"), startsGroup: true },
  ];
}
