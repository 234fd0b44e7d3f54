import type { StageItem } from "../graph/outline.ts";
import { beginMoveInto, reorder, takeOut } from "../session/body-commands.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { whyNotNow } from "../session/edit-aloud.ts";
import type { MenuEntry } from "./menu-entries.ts";

/** Into the bodies and branches of other stages, out of them, and on in the list that a stage is written in. */
export function bodyEntries(
  session: CanvasSession,
  stages: readonly StageItem[],
  blocked: string | null,
): readonly MenuEntry[] {
  const ids = stages.map(({ card }) => card.id);
  const entry = (label: string, keys: string, act: () => void): MenuEntry => ({
    label,
    keys,
    act,
    blocked,
    startsGroup: false,
  });
  const [only, ...others] = stages;
  return [
    { ...entry("Move into…", "M", () => beginMoveInto(session, stages)), startsGroup: true },
    {
      ...entry("Move Out of It", "Shift+M", () => takeOut(session, stages)),
      blocked: blocked ?? whyNotNow(session, { kind: "take-out", stages: ids }),
    },
    ...(only === undefined || others.length > 0
      ? []
      : [
          entry("Move Up in the File", "Alt+PageUp", () => reorder(session, only, -1)),
          entry("Move Down in the File", "Alt+PageDown", () => reorder(session, only, 1)),
        ]),
  ];
}
