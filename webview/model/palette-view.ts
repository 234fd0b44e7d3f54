/** How the palette of components stands beside the graph. */
export interface PaletteView {
  readonly open: boolean;
  /** Of the graph. */
  readonly side: "left" | "right";
  /** The categories of which only the title is shown. */
  readonly folded: readonly string[];
  /** Types of the components that were added last, the latest first. */
  readonly recent: readonly string[];
  /** What is searched for. */
  readonly query: string;
}

export const initialPalette: PaletteView = { open: false, side: "left", folded: [], recent: [], query: "" };

/** More of them would hide the categories. */
const MOST_RECENT = 5;

/** The palette after a stage of a component has been added. */
export function withRecent(palette: PaletteView, type: string): PaletteView {
  const recent = [type, ...palette.recent.filter((each) => each !== type)].slice(0, MOST_RECENT);
  return { ...palette, recent };
}
