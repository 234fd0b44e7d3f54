/** A stage of the graph that all contenders draw, with the place of its top left corner in pixels at zoom 1. */
export interface DrawnStage {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Ids of earlier stages. */
  readonly after: readonly string[];
}

/** How large every contender draws a stage. */
export const stageSize = { width: 180, height: 64 } as const;

const columnStep = 252;
const rowStep = 96;

/**
 * Layers beside each other, as many as a layer has stages, so that the whole is about as high as it is wide; each stage
 * waits for one to three of the layer before, near its own row. The same for the same count.
 */
export function drawnGraph(count: number): readonly DrawnStage[] {
  const rows = Math.ceil(Math.sqrt(count * (columnStep / rowStep)));
  return Array.from({ length: count }, (_, index): DrawnStage => {
    const column = Math.floor(index / rows);
    const row = index % rows;
    const before = column === 0 ? [] : [...new Set([row, row + 1, row - (index % 3)])];
    const after = before.slice(0, 1 + (index % 3)).filter((other) => other >= 0 && other < rows);
    return {
      id: idOf(index),
      x: column * columnStep,
      y: row * rowStep,
      after: after.map((other) => idOf((column - 1) * rows + other)),
    };
  });
}

function idOf(index: number): string {
  return `stage_${index}`;
}

/** Whether a file says where its stages are; else they are laid out when it is opened. */
export type Positions = "written" | "laid-out";

/** The graph as a pipeline's text. */
export function pipelineOf(stages: readonly DrawnStage[], positions: Positions): string {
  const written = stages.map(({ id, x, y, after }) => ({
    id,
    name: `Work of ${id}`,
    component_type: "json_transform",
    config: { data: after.length === 0 ? { start: id } : `{{ upstream.${after[0]}.result }}` },
    ...(after.length === 0 ? {} : { depends_on: after }),
    ...(positions === "written" ? { position: { x, y } } : {}),
  }));
  return `${JSON.stringify({ name: "bench", version: "1.0.0", stages: written }, null, 2)}\n`;
}

/** Where the pane's origin is in the graph, in pixels of the pane, and the scale. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The pane that all contenders have, in pixels. */
export const pane = { width: 1200, height: 760 } as const;

/** The middle of the graph at zoom 1. */
export function middleView(stages: readonly DrawnStage[]): View {
  const { width, height } = extentOf(stages);
  return { x: Math.round((pane.width - width) / 2), y: Math.round((pane.height - height) / 2), zoom: 1 };
}

/** All of the graph. */
export function wholeView(stages: readonly DrawnStage[]): View {
  const { width, height } = extentOf(stages);
  const zoom = Math.min(pane.width / width, pane.height / height);
  return { x: (pane.width - width * zoom) / 2, y: (pane.height - height * zoom) / 2, zoom };
}

function extentOf(stages: readonly DrawnStage[]): { readonly width: number; readonly height: number } {
  const last = stages.reduce((most, { x, y }) => ({ x: Math.max(most.x, x), y: Math.max(most.y, y) }), {
    x: 0,
    y: 0,
  });
  return { width: last.x + stageSize.width, height: last.y + stageSize.height };
}
