/** A width and a height in pixels at zoom 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A stage. FlowMason Studio places stages as near as 200 by 150, which must leave room for a wire. */
export const STAGE_SIZE: Size = { width: 180, height: 64 };

/** A stage that holds others has at least this size; its title is `CONTAINER_TITLE_HEIGHT` high. */
export const CONTAINER_SIZE: Size = { width: 256, height: 120 };

export const CONTAINER_TITLE_HEIGHT = 40;

/** An arm inside a container (`try`, `catch`). */
export const ARM_SIZE: Size = { width: 232, height: 96 };

/** Free space between the border of a container or an arm and what is in it. */
export const CONTAINER_PADDING = { top: 52, right: 20, bottom: 20, left: 20 } as const;

/** More characters of a label than these no wire has room for. */
const LONGEST_LABEL = 18;

/** What of a wire's label is shown. */
export function shownLabel(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}

/** The width of a label's frame. */
export function labelWidth(shown: string): number {
  return shown.length * 6.4 + 14;
}

/** Free space between boxes that stand beside each other. */
export const NODE_GAP = 32;
