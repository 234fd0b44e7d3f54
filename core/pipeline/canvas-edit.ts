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
  | AddStage
  /** Gives a stage another id, here without those of the stages it is written inside, with all that names it. */
  | { readonly kind: "rename-stage-id"; readonly stage: string; readonly to: string }
  /** Whether a run skips stages. */
  | { readonly kind: "set-enabled"; readonly stages: readonly string[]; readonly state: "on" | "off" };

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
  /** Between two stages that are connected. */
  | { readonly kind: "on-edge"; readonly from: string; readonly to: string }
  /** In an arm of a stage, named as in the graph: `loop`, `try`, `true`, `route:<value>` … */
  | { readonly kind: "in-arm"; readonly owner: string; readonly arm: string };
