import * as z from "zod";
import type { Port } from "#protocol";
import { draft } from "./inspector/draft.ts";

const viewState = z
  .object({
    /** Where the graph's origin is in the pane, in pixels, and the scale. */
    viewport: z.object({ x: z.number(), y: z.number(), zoom: z.number().positive() }).readonly(),
    /** Keys of the selected stages. */
    selection: z.array(z.string()).readonly(),
    /** How the inspector stands; a state of an earlier version has none. */
    inspector: z
      .object({
        open: z.boolean(),
        width: z.number().positive(),
        unfolded: z.record(z.string(), z.boolean()).readonly(),
      })
      .readonly()
      .exactOptional(),
    /** How the palette stands. */
    palette: z
      .object({
        open: z.boolean(),
        side: z.enum(["left", "right"]),
        folded: z.array(z.string()).readonly(),
        recent: z.array(z.string()).readonly(),
        query: z.string(),
      })
      .readonly()
      .exactOptional(),
    /** What was typed into the inspector and is not in the text. */
    drafts: z.array(draft).readonly().exactOptional(),
  })
  .readonly();

/** What of a view outlives it: hiding, reloading the window. */
export type ViewState = z.infer<typeof viewState>;

/** What a view is connected to: the other side, and a place that keeps a little state. */
export interface ViewPort extends Port {
  readState(): unknown;
  writeState(state: unknown): void;
}

/** The kept state, or null where there is none that this version can read. */
export function readViewState(port: ViewPort): ViewState | null {
  const parsed = viewState.safeParse(port.readState());
  return parsed.success ? parsed.data : null;
}
