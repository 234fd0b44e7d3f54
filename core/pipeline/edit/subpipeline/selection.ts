import { stageById, stageSpan } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { type PipelineGraph, pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { Span } from "../../json-node.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { stagesToCopy } from "../clipping/copy-stages.ts";
import { type Refusal, refuse } from "../edit-result.ts";
import { slashReason } from "../own-id.ts";

/** Stages of a pipeline that are to be one of their own. */
export interface Selection {
  readonly ok: true;
  /** Those that are written on their own, in file order. */
  readonly stages: readonly Stage[];
  readonly spans: readonly Span[];
  /** Whether a stage is one of them, or written inside one. */
  readonly has: (id: string) => boolean;
  readonly graph: PipelineGraph;
  /** Whether a run may skip a stage, for its own condition or that of another of them. */
  readonly maySkip: (id: string) => boolean;
  /** Those that wait for none of the others. */
  readonly entries: readonly Stage[];
  /** Those that none of the others waits for. */
  readonly ends: readonly Stage[];
}

/** Finds out what of a pipeline is meant, and whether it can stand on its own. */
export function selectionOf(document: PipelineDocument, ids: readonly string[]): Selection | Refusal {
  const unknown = ids.find((id) => stageById(document, id) === undefined);
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  const stages = stagesToCopy(document, ids);
  const [first] = stages;
  if (first === undefined) return refuse("There are no stages selected.");
  if (document.tree.identities.repeated.length > 0) {
    return refuse("Several stages have the same id. Give them ids of their own in the text first.");
  }
  const slashes = slashReason(document);
  if (slashes !== null) return refuse(slashes);
  const graph = pipelineGraph(document);
  if (graph.cycles.length > 0) return refuse("Stages of this pipeline wait for each other. Mend that first.");
  const own = new Set(stages.map(({ id }) => id));
  const has = (id: string): boolean => {
    for (let at = id; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/"))))
      if (own.has(at)) return true;
    return false;
  };
  const reason =
    bodyReason(graph, stages, has) ??
    branchReason(document, stages, has) ??
    returnReason(document, has) ??
    pathReason(graph, has);
  if (reason !== null) return refuse(reason);
  const among = graph.edges.filter(({ from, to }) => has(from) && has(to) && topOf(from) !== topOf(to));
  function topOf(id: string): string {
    return stages.find((stage) => id === stage.id || id.startsWith(`${stage.id}/`))?.id ?? id;
  }
  const skipped = reached(
    document.pipeline.stages
      .filter((stage) => has(stage.id) && isConditional(document, stage))
      .map(({ id }) => id),
    (id) => !has(id),
    (id) => graph.edges.filter(({ from }) => from === id).map(({ to }) => to),
  );
  return {
    ok: true,
    maySkip: (id) => skipped.has(id),
    stages,
    spans: stages.map((stage) => stageSpan(document, stage)),
    has,
    graph,
    entries: stages.filter(({ id }) => !among.some(({ to }) => topOf(to) === id)),
    ends: stages.filter(({ id }) => !among.some(({ from }) => topOf(from) === id)),
  };
}

/** They have to run in one place: all in the same body, or all in none. */
function bodyReason(graph: PipelineGraph, stages: readonly Stage[], has: Selection["has"]): string | null {
  const places = stages.map((stage) => {
    const owner = graph.nodes.find((node) => node.stage === stage)?.owner ?? null;
    if (owner === null || has(owner.stage)) return null;
    return `${owner.stage} ${owner.arm}`;
  });
  const outermost = places.filter((_, index) => {
    const owner = graph.nodes.find((node) => node.stage === stages[index])?.owner;
    return owner === null || owner === undefined || !has(owner.stage);
  });
  return new Set(outermost).size > 1 ? "The stages run in different bodies. Choose stages of one." : null;
}

/** What a branch enables has to be inside with its conditional, or to be all that begins inside. */
function branchReason(
  document: PipelineDocument,
  stages: readonly Stage[],
  has: Selection["has"],
): string | null {
  for (const owner of document.pipeline.stages) {
    for (const { arm, stages: members } of owner.arms) {
      if (isOwningArm(arm)) continue;
      const inside = members.filter(({ value }) => has(value));
      if (has(owner.id) && inside.length < members.length) {
        const left = members.find(({ value }) => !has(value))?.value ?? "";
        return `"${left}" is in the branch "${arm}" of "${owner.id}". Choose it too.`;
      }
      if (has(owner.id) || inside.length === 0) continue;
      const free = stages.find(
        ({ id, dependsOn }) =>
          !inside.some(({ value }) => value === id) && !dependsOn.some(({ value }) => has(value)),
      );
      if (free !== undefined) {
        return `"${inside[0]?.value ?? ""}" is in the branch "${arm}" of "${owner.id}", and "${free.id}" is not.`;
      }
    }
  }
  return null;
}

/** Whether something inside of the pipeline decides if a stage runs. */
function isConditional({ pipeline }: PipelineDocument, { id, when, enabled }: Stage): boolean {
  if (when !== null || !enabled) return true;
  return pipeline.stages.some(({ arms }) =>
    arms.some(({ arm, stages }) => !isOwningArm(arm) && stages.some(({ value }) => value === id)),
  );
}

function returnReason({ pipeline }: PipelineDocument, has: Selection["has"]): string | null {
  const found = pipeline.stages.find(({ id, componentType }) => componentType === "return" && has(id));
  return found === undefined
    ? null
    : `"${found.id}" ends this pipeline; in another it would end that one only.`;
}

/** No stage between two of them may be left outside. */
function pathReason({ edges }: PipelineGraph, has: Selection["has"]): string | null {
  const after = reached(
    edges.filter(({ from }) => has(from)).map(({ to }) => to),
    has,
    (id) => edges.filter(({ from }) => from === id).map(({ to }) => to),
  );
  const before = reached(
    edges.filter(({ to }) => has(to)).map(({ from }) => from),
    has,
    (id) => edges.filter(({ to }) => to === id).map(({ from }) => from),
  );
  const between = [...after].find((id) => before.has(id));
  return between === undefined ? null : `"${between}" runs between the stages. Choose it too.`;
}

/** What is reached from some stages, along those that are not stopped at. */
function reached(
  start: readonly string[],
  stopsAt: (id: string) => boolean,
  next: (id: string) => readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (stopsAt(id) || found.has(id)) continue;
    found.add(id);
    waiting.push(...next(id));
  }
  return found;
}
