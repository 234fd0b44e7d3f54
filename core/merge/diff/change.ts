import type { JsonValue } from "#core/pipeline";
import type { StageContainer, StagePlace } from "../content/content.ts";

/** One thing that is different between two pipelines. Stages are named by the keys that they have afterwards. */
export type Change =
  | StageAdded
  | StageRemoved
  /** A stage has another id; what names it has followed, and is no change. `from` is its key before. */
  | { readonly kind: "stage-renamed"; readonly stage: string; readonly from: string }
  | StageRelocated
  /** A stage is written elsewhere among those beside it: behind `after`, or first. */
  | { readonly kind: "stage-reordered"; readonly stage: string; readonly after: string | null }
  | BranchMoved
  | ValueChanged
  /** The stages are written another way. */
  | { readonly kind: "container-changed"; readonly before: StageContainer; readonly after: StageContainer };

export interface StageAdded {
  readonly kind: "stage-added";
  readonly stage: string;
  readonly id: string | null;
  readonly place: StagePlace | null;
  /** The stage beside it that it follows; null where it is the first. */
  readonly after: string | null;
  readonly value: JsonValue;
}

export interface StageRemoved {
  readonly kind: "stage-removed";
  readonly stage: string;
  readonly value: JsonValue;
}

/** A stage is written inside another, or no longer (map dialect). */
export interface StageRelocated {
  readonly kind: "stage-relocated";
  readonly stage: string;
  readonly from: StagePlace | null;
  readonly to: StagePlace | null;
  readonly after: string | null;
}

/** A stage is in another branch or body. It follows from what its owners' lists say, which are changes of their own. */
export interface BranchMoved {
  readonly kind: "branch-moved";
  readonly stage: string;
  readonly from: Branch;
  readonly to: Branch;
}

/** A list of stages of a control-flow stage: `true`, `loop`, `route:<value>`. */
export interface Branch {
  readonly owner: string;
  readonly arm: string;
}

/** What stands at a path of a stage, or of the pipeline where `stage` is null; undefined where nothing does. */
export interface ValueChanged {
  readonly kind: "value-changed";
  readonly stage: string | null;
  readonly path: readonly string[];
  readonly topic: Topic;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** What a change is about, for those who look for something. */
export type Topic =
  | "component"
  | "config"
  | "prompt"
  | "edges"
  | "branches"
  | "schema"
  | "inheritance"
  | "policy"
  | "about"
  | "layout"
  /** The same in other words, as another dialect has it. */
  | "spelling"
  | "other";

/** All that is different between two pipelines. */
export interface PipelineDiff {
  readonly changes: readonly Change[];
  /** Keys of stages before -> after, where those differ. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Whether a change is one of the words only, of a file that says the same. */
export function isSpelling(change: Change): boolean {
  return change.kind === "value-changed" && change.topic === "spelling";
}

/** Whether a change is one of where things are drawn only. */
export function isLayout(change: Change): boolean {
  return change.kind === "value-changed" && change.topic === "layout";
}
