/** What a gesture on the canvas means. {@link editPipeline} turns it into minimal text edits. */
export type CanvasEdit =
  | {
      readonly kind: "move-stages";
      readonly moves: readonly { readonly stage: string; readonly x: number; readonly y: number }[];
    }
  | { readonly kind: "set-stage-name"; readonly stage: string; readonly name: string }
  | { readonly kind: "delete-stages"; readonly stages: readonly string[] }
  | { readonly kind: "connect"; readonly from: string; readonly to: string }
  | { readonly kind: "disconnect"; readonly from: string; readonly to: string };
