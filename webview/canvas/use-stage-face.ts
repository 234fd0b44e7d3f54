import type { StageCard } from "../graph/stage-card.ts";
import { useModel } from "../session/session-context.tsx";

/** What a stage shows of its component. */
export type StageFace = Pick<StageCard, "typeTitle" | "icon" | "color" | "known">;

/** The face of a stage: of the project's own component where it is one of these, else as its card has it. */
export function useStageFace(card: StageCard): StageFace {
  const own = useModel(({ components }) =>
    card.known || card.componentType === null ? undefined : components.get(card.componentType),
  );
  if (own === undefined) return card;
  return { typeTitle: own.title, icon: own.icon, color: own.color, known: true };
}
