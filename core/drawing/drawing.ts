import { type GraphNode, type PipelineDocument, pipelineGraph, readAnnotations } from "#core/pipeline";

/** What is drawn of a pipeline, in whatever format. */
export interface Drawing {
  readonly title: string;
  /** What is in no other: each with what is inside it. */
  readonly roots: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly notes: readonly DrawnNote[];
  readonly groups: readonly DrawnGroup[];
}

/** A note of the canvas. */
export interface DrawnNote {
  /** As a stage's, and none of these. */
  readonly key: string;
  readonly lines: readonly string[];
}

/** Stages that belong together by the canvas's `layout`. */
export interface DrawnGroup {
  readonly key: string;
  readonly title: string;
  /** Their keys; at least one. */
  readonly stages: readonly string[];
  /** What the same are called. */
  readonly names: readonly string[];
}

/** A stage, or an arm of one where it has several. */
export interface DrawnNode {
  /** Letters and digits, unique in the drawing: formats differ in what an id may be, stages' ids may be anything. */
  readonly key: string;
  /** Lines of text: the stage's name, its component, how it went. */
  readonly lines: readonly string[];
  /** How it went; null where no run is drawn, and for an arm. */
  readonly status: DrawnStatus | null;
  readonly children: readonly DrawnNode[];
}

/** How a stage of a run is, which has a colour of its own. */
export type DrawnStatus = "waiting" | "running" | "succeeded" | "failed" | "skipped" | "cancelled";

/** How a stage of a run went. */
export interface DrawnRow {
  readonly stage: string;
  /** Null where it is not known. */
  readonly componentType: string | null;
  readonly status: DrawnStatus;
  /** The same in words, with whatever else is to be said of it. */
  readonly outcome: string;
}

/** Between two stages, by their keys; neither is inside the other. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** `branch` where `from` decides whether `to` runs; `label` is the arm then. */
  readonly kind: "waits" | "branch";
  readonly label: string | null;
}

/** The drawing of a pipeline; with `rows`, of a run of it. Of stages with the same id the first is drawn. */
export function drawingOf(document: PipelineDocument, rows: readonly DrawnRow[] | null): Drawing {
  const graph = pipelineGraph(document);
  const { byId } = document.tree.identities;
  const nodes = graph.nodes.filter(({ stage }, index) => byId.get(stage.id) === index);
  const keys = new Map(nodes.map(({ stage }, index) => [stage.id, `s${index}`]));
  const owners = new Map(nodes.map(({ stage, owner }) => [stage.id, owner]));
  const byRow = rows === null ? null : new Map(rows.map((row) => [row.stage, row]));
  const inside = Map.groupBy(nodes, ({ owner }) => owner?.stage ?? null);

  const drawn = (node: GraphNode): DrawnNode => {
    const key = keys.get(node.stage.id) ?? "";
    const row = byRow?.get(node.stage.id);
    const status = byRow === null ? null : (row?.status ?? "waiting");
    const arms = Map.groupBy(inside.get(node.stage.id) ?? [], ({ owner }) => owner?.arm ?? "");
    const groups = Array.from(arms, ([arm, members]) => ({ arm, children: members.map(drawn) }));
    const only = groups.length === 1 && groups[0]?.arm === "loop" ? groups[0].children : null;
    const children =
      only ??
      groups.map(({ arm, children: members }, index) => ({
        key: `${key}a${index}`,
        lines: [arm],
        status: null,
        children: members,
      }));
    return { key, lines: linesOf(node, status, row), status, children };
  };

  const isInside = (id: string, owner: string): boolean => {
    for (let at = owners.get(id) ?? null; at !== null; at = owners.get(at.stage) ?? null)
      if (at.stage === owner) return true;
    return false;
  };
  const edges = graph.edges.flatMap(({ from, to, kind }): readonly DrawnEdge[] => {
    const keyFrom = keys.get(from);
    const keyTo = keys.get(to);
    const isDrawn = from !== to && !isInside(to, from) && !isInside(from, to);
    if (keyFrom === undefined || keyTo === undefined || !isDrawn) return [];
    if (kind !== "branch") return [{ from: keyFrom, to: keyTo, kind: "waits", label: null }];
    const arm = nodes
      .find(({ stage }) => stage.id === from)
      ?.stage.arms.find(({ stages }) => stages.some(({ value }) => value === to));
    return [{ from: keyFrom, to: keyTo, kind: "branch", label: arm?.arm ?? null }];
  });
  const branched = new Set(
    edges.filter(({ kind }) => kind === "branch").map(({ from, to }) => `${from} ${to}`),
  );
  return {
    title: document.pipeline.name?.value ?? "",
    roots: (inside.get(null) ?? []).map(drawn),
    // A stage in a branch may name what it branches from too; one arrow says so.
    edges: edges.filter(({ kind, from, to }) => kind === "branch" || !branched.has(`${from} ${to}`)),
    ...annotationsOf(document, keys),
  };
}

function annotationsOf(
  { pipeline }: PipelineDocument,
  keys: ReadonlyMap<string, string>,
): Pick<Drawing, "notes" | "groups"> {
  const { notes, groups } = readAnnotations(pipeline);
  return {
    notes: notes.map(({ text }, index) => ({ key: `n${index}`, lines: text.split(/\r?\n/) })),
    groups: groups.flatMap(({ title, stages }, index): readonly DrawnGroup[] => {
      const names = [...new Set(stages)].filter((id) => keys.has(id));
      const key = `g${index}`;
      return names.length === 0 ? [] : [{ key, title, names, stages: names.map((id) => keys.get(id) ?? "") }];
    }),
  };
}

/** The drawing of a run whose pipeline is not known: its stages, and nothing between them. */
export function drawingOfRows(title: string, rows: readonly DrawnRow[]): Drawing {
  const roots = rows.map((row, index) => ({
    key: `s${index}`,
    lines: [row.stage, row.componentType ?? "", row.outcome].filter((text) => text !== ""),
    status: row.status,
    children: [],
  }));
  return { title, roots, edges: [], notes: [], groups: [] };
}

function linesOf(
  { stage }: GraphNode,
  status: DrawnStatus | null,
  row: DrawnRow | undefined,
): readonly string[] {
  const title = stage.name?.value ?? stage.id;
  const type = stage.componentType ?? "";
  const under = title === stage.id ? type : [stage.id, type].filter((part) => part !== "").join(": ");
  const outcome = status === null ? "" : (row?.outcome ?? "not reached");
  return [title, under, outcome].filter((text) => text !== "");
}
