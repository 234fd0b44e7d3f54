import type { StageItem } from "../graph/outline.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { isChanged, openOrigin, revertStages } from "../session/inherited-commands.ts";
import type { MenuEntry } from "./menu-entries.ts";

/** What can be done with stages of a parent besides; `blocked` says why nothing can be edited. */
export function inheritedEntries(
  session: CanvasSession,
  stages: readonly StageItem[],
  blocked: string | null,
): readonly MenuEntry[] {
  const [first, ...others] = stages;
  const origin: readonly MenuEntry[] =
    first?.inherited == null || others.length > 0
      ? []
      : [
          {
            label: "Open Origin",
            keys: "F12",
            act: () => openOrigin(session, first),
            blocked: null,
            startsGroup: true,
          },
        ];
  if (!stages.some(({ inherited }) => isChanged(inherited))) return origin;
  return [
    ...origin,
    {
      label: "Revert to Parent",
      keys: "",
      act: () => revertStages(session, stages),
      blocked,
      startsGroup: origin.length === 0,
    },
  ];
}
