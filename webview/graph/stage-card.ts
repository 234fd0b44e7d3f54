import { type ComponentColor, findDefinition } from "#core/component-definitions";
import { hasMatrix, type Stage } from "#core/pipeline";

/** What a stage shows of itself. The same object as long as its stage is, so that an unchanged stage is not drawn again. */
export interface StageCard {
  /** The stage's identity, for edits. */
  readonly id: string;
  /** Its display name, else its id within its owner. */
  readonly title: string;
  /** The display name as written; empty when there is none. */
  readonly name: string;
  readonly componentType: string | null;
  /** What the component type is called; a type we do not know is named as written. */
  readonly typeTitle: string;
  readonly icon: string;
  readonly color: ComponentColor;
  readonly enabled: boolean;
  /** Whether it runs once for each leg of a matrix. */
  readonly inLegs: boolean;
  /** Whether a built-in component type is written. */
  readonly known: boolean;
}

const cards = new WeakMap<Stage, StageCard>();

/** The card of a stage. */
export function stageCard(stage: Stage): StageCard {
  const kept = cards.get(stage);
  if (kept !== undefined) return kept;
  const card = readCard(stage);
  cards.set(stage, card);
  return card;
}

function readCard(stage: Stage): StageCard {
  const { id, componentType, enabled } = stage;
  const definition = componentType === null ? undefined : findDefinition(componentType);
  const name = stage.name?.value.trim() ?? "";
  return {
    id,
    title: name === "" ? ownId(stage) : name,
    name,
    componentType,
    typeTitle: definition?.title ?? componentType ?? "No component type",
    icon: definition?.icon ?? "question",
    color: definition?.color ?? "foreground",
    enabled,
    inLegs: hasMatrix(stage),
    known: definition !== undefined,
  };
}

/** The id within its owner: `item` of `loop/item`. One that is written so by itself is shown as it is. */
function ownId({ id, nestedIn }: Stage): string {
  const own = nestedIn === null ? id : id.slice(id.lastIndexOf("/") + 1);
  return own === "" ? "(no id)" : own;
}
