import type { JsonMembers } from "./json/json-object.ts";
import type { JsonValue } from "./json/node-to-json.ts";

/** A place on the canvas; it is rounded when it is written. */
export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

/** What a gesture on the canvas means. {@link editPipeline} turns it into minimal text edits. */
export type CanvasEdit =
  | {
      readonly kind: "move-stages";
      readonly moves: readonly { readonly stage: string; readonly x: number; readonly y: number }[];
    }
  | { readonly kind: "set-stage-name"; readonly stage: string; readonly name: string }
  /** Stages, and notes and groups (`$note:1`); the stages of a group stay. */
  | { readonly kind: "delete-stages"; readonly stages: readonly string[] }
  | { readonly kind: "connect"; readonly from: string; readonly to: string }
  | { readonly kind: "disconnect"; readonly from: string; readonly to: string }
  /** Sets what stands at a path of a stage, as the file has it, or of the pipeline where `stage` is null. */
  | {
      readonly kind: "set-value";
      readonly stage: string | null;
      readonly path: readonly string[];
      readonly value: JsonValue;
    }
  | { readonly kind: "unset-value"; readonly stage: string | null; readonly path: readonly string[] }
  /**
   * Sets a field of a stage by its canonical name, in the spelling that the file uses (`timeout_ms`, `error_handling`);
   * null takes it away.
   */
  | {
      readonly kind: "set-stage-field";
      readonly stage: string;
      readonly path: readonly string[];
      readonly value: JsonValue;
    }
  | AddStage
  /** Gives a stage another id, here without those of the stages it is written inside, with all that names it. */
  | { readonly kind: "rename-stage-id"; readonly stage: string; readonly to: string }
  /** Whether a run skips stages. */
  | { readonly kind: "set-enabled"; readonly stages: readonly string[]; readonly state: "on" | "off" }
  /** Makes stages that this file inherits, and changes or replaces, be as the parent has them. */
  | { readonly kind: "revert-stages"; readonly stages: readonly string[] }
  /** Takes the end of a connection that `end` names to `stage`. */
  | {
      readonly kind: "reconnect";
      readonly from: string;
      readonly to: string;
      readonly end: "from" | "to";
      readonly stage: string;
    }
  /** Writes a stage before another of the same list or body; null: at its end. */
  | { readonly kind: "reorder-stage"; readonly stage: string; readonly before: string | null }
  /** Into an arm of a stage, named as in the graph; in the map dialect that may change their ids. */
  | {
      readonly kind: "move-into";
      readonly stages: readonly string[];
      readonly owner: string;
      readonly arm: string;
    }
  /** Out of the bodies they run in, or else out of the branches that enable them. */
  | { readonly kind: "take-out"; readonly stages: readonly string[] }
  | DropStages
  | PasteStages
  | ExtractSubpipeline
  | InlineSubpipeline
  /** Writes stages once more, in the bodies and branches they are in; the new ones stand `by` from the old ones. */
  | { readonly kind: "duplicate-stages"; readonly stages: readonly string[]; readonly by: CanvasPoint }
  | AddNote
  | AddGroup
  | SetLayout;

/** Stages taken to places and with that into an arm of another, or out of all that they are in. */
export interface DropStages {
  readonly kind: "drop-stages";
  readonly stages: readonly string[];
  readonly into: { readonly owner: string; readonly arm: string } | null;
  /** By the ids from before. */
  readonly moves: readonly { readonly stage: string; readonly x: number; readonly y: number }[];
}

/** Stages of another pipeline, or of this one at another time. */
export interface PasteStages {
  readonly kind: "paste-stages";
  /** A pipeline in any dialect, such as `copyStages` gives: its stages, and of its `layout` their lines. */
  readonly clipping: JsonMembers;
  /** Where the top left of those that have a place comes to stand; null: where they stood. */
  readonly at: CanvasPoint | null;
  readonly into: { readonly owner: string; readonly arm: string } | null;
}

/**
 * Stages become a pipeline of their own, called by one stage in their place. `extractSubpipeline` gives the text of the
 * new file too.
 */
export interface ExtractSubpipeline {
  readonly kind: "extract-subpipeline";
  readonly stages: readonly string[];
  /** The name of the new pipeline. */
  readonly name: string;
  /** What the calling stage names it by: its name, or the path of its file. */
  readonly reference: string;
  /** The id of the calling stage, without those of the stages around it. Null: made of its component's name. */
  readonly id: string | null;
}

/** The opposite: the stages of a called pipeline in place of the stage that calls it. */
export interface InlineSubpipeline {
  readonly kind: "inline-subpipeline";
  readonly stage: string;
  /** The text of the called pipeline's file. */
  readonly pipeline: string;
}

/** A new note on the canvas, `$note:<n>` in `layout`. */
export interface AddNote {
  readonly kind: "add-note";
  readonly text: string;
  readonly position: CanvasPoint;
  /** Null: as large as its text needs. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** A colour of the canvas, `yellow`; null: the usual one. */
  readonly color: string | null;
}

/** Stages that are shown as belonging together, `$group:<n>` in `layout`. */
export interface AddGroup {
  readonly kind: "add-group";
  readonly title: string;
  readonly stages: readonly string[];
  readonly color: string | null;
}

/** Changes what `layout` says of stages, notes or groups, the same of each: `color`, `text`, `title`, `stages`. Null takes it away. */
export interface SetLayout {
  readonly kind: "set-layout";
  readonly ids: readonly string[];
  readonly fields: JsonMembers;
}

/** A new stage, in any file that holds a pipeline or nothing yet. */
export interface AddStage {
  readonly kind: "add-stage";
  /** As in the list of components, `http_request`; written as the file spells such names. */
  readonly componentType: string;
  /** Its own id, without those of the stages around it. Null: made of the component's name, see `newStageId`. */
  readonly id: string | null;
  readonly name: string | null;
  /** What its component needs; left out where it is empty. */
  readonly config: JsonMembers;
  /** Null: where the layout puts it. */
  readonly position: CanvasPoint | null;
  readonly place: NewStagePlace;
}

/** What a new stage is connected to. */
export type NewStagePlace =
  | { readonly kind: "free" }
  /** It waits for that stage, and runs in the body that one runs in. */
  | { readonly kind: "after"; readonly stage: string }
  /** That stage waits for it, and runs in the body that it runs in. */
  | { readonly kind: "before"; readonly stage: string }
  /** Between two stages that are connected. */
  | { readonly kind: "on-edge"; readonly from: string; readonly to: string }
  /** In an arm of a stage, named as in the graph: `loop`, `try`, `true`, `route:<value>` … */
  | { readonly kind: "in-arm"; readonly owner: string; readonly arm: string };
