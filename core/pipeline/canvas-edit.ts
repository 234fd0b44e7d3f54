import type { JsonValue } from "./json/node-to-json.ts";

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
  | { readonly kind: "unset-value"; readonly stage: string | null; readonly path: readonly string[] };
