import type { StageItem } from "../graph/outline.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import type { MenuEntry } from "./menu-entries.ts";

/** What can be made of stages and of the pipelines that they call; `blocked` says why they cannot be edited. */
export function subpipelineEntries(
  session: CanvasSession,
  stages: readonly StageItem[],
  blocked: string | null,
): readonly MenuEntry[] {
  const [only, ...others] = stages;
  const caller = others.length === 0 && only?.card.componentType === "subpipeline" ? only.card.id : null;
  const ids = stages.map(({ card }) => card.id);
  const extract: MenuEntry = {
    label: "Extract to Sub-pipeline…",
    keys: "",
    act: () => session.extractSubpipeline(ids),
    blocked,
    startsGroup: true,
  };
  if (caller === null) return [extract];
  return [
    {
      label: "Open Called Pipeline",
      keys: "Alt+Enter",
      act: () => session.openCalledPipeline(caller),
      blocked: null,
      startsGroup: true,
    },
    {
      label: "Inline Sub-pipeline",
      keys: "",
      act: () => session.inlineSubpipeline(caller),
      blocked,
      startsGroup: false,
    },
    { ...extract, startsGroup: false },
  ];
}
