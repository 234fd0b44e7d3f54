import { stageById } from "../document/locate.ts";
import type { StageUnit } from "../model.ts";
import { type Content, type Member, membersOf, type Spot, spotIn, spotOf } from "./content.ts";
import type { Source } from "./origin.ts";

/** A stage at the top of the file that is being put together. */
export interface TopStage {
  readonly id: string;
  /** Where the id is written: a key, or the value of `id`. */
  readonly idSpot: Spot;
  readonly spot: Spot;
  readonly form: "item" | "property";
  readonly content: Content;
}

/** Each stage at the top, of several with one id the first. `contentOf` gives null for one that is not there. */
export function topStages(
  source: Source,
  contentOf: (unit: StageUnit, base: number) => Content | null,
): readonly TopStage[] {
  const { units, starts } = source.document.tree;
  const stages: TopStage[] = [];
  units.forEach((unit, index) => {
    const [stage] = unit.stages;
    if (stage === undefined || stageById(source.document, stage.id) !== stage) return;
    const base = starts[index] ?? 0;
    const content = contentOf(unit, base);
    if (content === null) return;
    const written = spotOf(source, stage.span, base);
    // An overridden stage counts as written where the override is.
    const spot = content.kind === "copy" ? written : (spotIn(content) ?? written);
    const form = unit.property === null ? "item" : "property";
    stages.push({ id: stage.id, idSpot: spotOf(source, stage.idSpan, base), spot, form, content });
  });
  return stages;
}

/** The stages as a list, or as an object by their ids. */
export function stagesAs(stages: readonly TopStage[], form: TopStage["form"]): Content {
  if (form === "item") return { kind: "array", items: stages.map(({ content }) => content), spot: null };
  const members = stages.map((stage): Member => {
    const { id, idSpot, spot, content } = stage;
    if (stage.form === "property") return { key: id, keySpot: idSpot, spot, value: content };
    const rest = (membersOf(content) ?? []).filter(({ key }) => key !== "id");
    return {
      key: id,
      keySpot: idSpot,
      spot,
      value: { kind: "object", members: rest, spot: spotIn(content) },
    };
  });
  return { kind: "object", members, spot: null };
}
