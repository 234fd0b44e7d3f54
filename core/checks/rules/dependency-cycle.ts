import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { PipelineRule } from "../rule.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { StageLink } from "../stage-links.ts";

/** That a stage waits for another, and the link that says so, written in the stage `source`. */
interface Wait {
  readonly awaited: string;
  readonly link: StageLink;
  readonly source: StageFacts;
}

type Waits = ReadonlyMap<string, readonly Wait[]>;

/** Stages that wait for each other never run. One problem for each cycle, with the way round as related places. */
export const dependencyCycle: PipelineRule = function* (view, { hasCycle }, linksOf) {
  if (!hasCycle) return;
  const waits = new Map<string, Wait[]>();
  for (const source of view.stages) {
    for (const link of linksOf(source)) {
      if (link.sides === null) continue;
      const wait = { awaited: link.sides.awaited, link, source };
      const list = waits.get(link.sides.waiting);
      if (list === undefined) waits.set(link.sides.waiting, [wait]);
      else list.push(wait);
    }
  }
  const stuck = neverReady(view, waits);
  const seen = new Set<string>();
  for (const { stage } of view.stages) {
    if (!stuck.has(stage.id) || seen.has(stage.id)) continue;
    const way = cycleFrom(stage.id, stuck, waits, seen);
    if (way.length > 0) yield describe(view, way);
  }
};

/** Stages that cannot start however long one waits: those of cycles, and all that wait for them. */
function neverReady(view: PipelineView, waits: Waits): ReadonlySet<string> {
  const open = new Map<string, number>();
  const waitedBy = new Map<string, string[]>();
  for (const [stage, list] of waits) {
    open.set(stage, list.length);
    for (const { awaited } of list) {
      const others = waitedBy.get(awaited);
      if (others === undefined) waitedBy.set(awaited, [stage]);
      else others.push(stage);
    }
  }
  const ready = view.stages.map(({ stage }) => stage.id).filter((id) => !open.has(id));
  for (let stage = ready.pop(); stage !== undefined; stage = ready.pop()) {
    for (const other of waitedBy.get(stage) ?? []) {
      const left = (open.get(other) ?? 0) - 1;
      open.set(other, left);
      if (left !== 0) continue;
      open.delete(other);
      ready.push(other);
    }
  }
  return new Set(open.keys());
}

/** Walks from one stuck stage to one it waits for until it meets its own way; empty when it meets an earlier one. */
function cycleFrom(
  start: string,
  stuck: ReadonlySet<string>,
  waits: Waits,
  seen: Set<string>,
): readonly Wait[] {
  const path: string[] = [];
  const steps: Wait[] = [];
  let stage = start;
  while (!seen.has(stage)) {
    seen.add(stage);
    path.push(stage);
    const step = waits.get(stage)?.find(({ awaited }) => stuck.has(awaited));
    if (step === undefined) return [];
    steps.push(step);
    stage = step.awaited;
  }
  const first = path.indexOf(stage);
  return first < 0 ? [] : steps.slice(first);
}

function describe(view: PipelineView, way: readonly Wait[]): PlacedFinding {
  const { byId } = view.document.tree.identities;
  const numbers = way.map(({ link }) => byId.get(link.waiting) ?? 0);
  const first = numbers.indexOf(Math.min(...numbers));
  const rotated = [...way.slice(first), ...way.slice(0, first)];
  const names = rotated.map(({ link }) => link.waiting);
  return {
    stage: rotated[0]?.source.stage ?? null,
    rule: "dependency-cycle",
    message:
      names.length === 1
        ? `The stage "${names[0]}" waits for "${rotated[0]?.link.awaited}", which runs inside it, so it would never start. Remove this dependency.`
        : `These stages wait for each other, so none of them would run: ${[...names, names[0]].join(" -> ")}. Remove one of these dependencies.`,
    span: rotated[0]?.link.span ?? { start: 0, end: 0 },
    related: rotated.map(({ link, source }) => ({
      message: `"${link.waiting}" waits for "${link.awaited}"`,
      stage: source.stage.id,
      span: link.span,
    })),
  };
}
