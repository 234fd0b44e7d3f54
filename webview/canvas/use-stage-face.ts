import type { ComponentFace } from "#protocol";
import type { StageCard } from "../graph/stage-card.ts";
import { useModel } from "../session/session-context.tsx";

/** What a stage shows of its component. */
export type StageFace = Pick<StageCard, "typeTitle" | "icon" | "color" | "known">;

/** The face of a stage: of the project's own component where it is one of these, else as its card has it. */
export function useStageFace(card: StageCard): StageFace {
  return shownFace(
    card,
    useModel(({ components }) => ownComponent(card, components)),
  );
}

/** The same, of components that are at hand. */
export function faceOf(card: StageCard, own: ReadonlyMap<string, ComponentFace>): StageFace {
  return shownFace(card, ownComponent(card, own));
}

function ownComponent(
  { known, componentType }: StageCard,
  own: ReadonlyMap<string, ComponentFace>,
): ComponentFace | undefined {
  return known || componentType === null ? undefined : own.get(componentType);
}

function shownFace(card: StageCard, own: ComponentFace | undefined): StageFace {
  if (own === undefined) return card;
  return { typeTitle: own.title, icon: own.icon, color: own.color, known: true };
}
