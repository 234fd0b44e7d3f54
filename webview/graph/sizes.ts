/** A width and a height in pixels at zoom 1. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A stage. FlowMason Studio places stages 250 by 150 apart, which leaves room for wires and badges. */
export const STAGE_SIZE: Size = { width: 208, height: 64 };

/** A stage that holds others has at least this size; its title is `CONTAINER_TITLE_HEIGHT` high. */
export const CONTAINER_SIZE: Size = { width: 256, height: 120 };

export const CONTAINER_TITLE_HEIGHT = 40;

/** An arm inside a container (`try`, `catch`). */
export const ARM_SIZE: Size = { width: 232, height: 96 };

/** Free space between the border of a container or an arm and what is in it. */
export const CONTAINER_PADDING = { top: 52, right: 20, bottom: 20, left: 20 } as const;
