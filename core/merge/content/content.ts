import type { JsonMembers, JsonValue } from "#core/pipeline";

/**
 * What a pipeline says, whichever dialect it is written in: its own fields, and its stages in order, each with the place
 * that it is written in. Whatever is in the file is in here, known or not; how it is laid out is not.
 */
export interface PipelineContent {
  /** How the stages are written: a list, an object by id, or not at all. */
  readonly container: StageContainer;
  /** The top-level fields but the stages. */
  readonly fields: JsonMembers;
  /** In file order, each before those that are written inside it. */
  readonly stages: readonly StageContent[];
}

export type StageContainer = "list" | "map" | "none";

/** A stage, or whatever else stands where a stage should. */
export interface StageContent {
  /** What it is known by: its id, below that of its owner where it is written inside one (`loop/item`). Unique. */
  readonly key: string;
  /** The id as it is written; null for what has none. */
  readonly id: string | null;
  /** The body that it is written in; null for one on its own. */
  readonly place: StagePlace | null;
  /** All but the id, with `{}` for the bodies whose stages are entries of their own. */
  readonly value: JsonValue;
}

/** A body of stages that is written inside a stage: `loop_stages` of `loop`. */
export interface StagePlace {
  readonly owner: string;
  /** Where in the owner: `["loop_stages"]`, `["config", "loop_stages"]`. */
  readonly path: readonly string[];
}

/** Whether two stages are written in the same body. */
export function samePlace(one: StagePlace | null, other: StagePlace | null): boolean {
  return placeText(one) === placeText(other);
}

/** A place as a text that no other place has. */
export function placeText(place: StagePlace | null): string {
  return place === null ? "" : JSON.stringify([place.owner, ...place.path]);
}
