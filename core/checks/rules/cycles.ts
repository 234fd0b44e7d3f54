import type { Stage } from "#core/pipeline";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { linksOf, type StageLink, sideBySide } from "../stage-links.ts";
import type { Structure } from "../structure.ts";

interface Wait {
  readonly awaited: Stage;
  readonly link: StageLink;
}

/** Stages that wait for each other never run. One problem for each cycle, with the way round as related places. */
export function* cycles(view: PipelineView, { hasCycle }: Structure): Iterable<PlacedFinding> {
  if (!hasCycle) return;
  const waits = new Map<Stage, Wait[]>();
  for (const facts of view.stages) {
    for (const link of linksOf(view, facts)) {
      const pair = sideBySide(view, link);
      if (pair === undefined) continue;
      const list = waits.get(pair.waiting);
      if (list === undefined) waits.set(pair.waiting, [{ awaited: pair.awaited, link }]);
      else list.push({ awaited: pair.awaited, link });
    }
  }
  const stuck = neverReady(view, waits);
  const seen = new Set<Stage>();
  for (const { stage } of view.stages) {
    if (!stuck.has(stage) || seen.has(stage)) continue;
    const way = cycleFrom(stage, stuck, waits, seen);
    if (way.length > 0) yield describe(view, way);
  }
}

/** Stages that cannot start however long one waits: those of cycles, and all that wait for them. */
function neverReady(view: PipelineView, waits: ReadonlyMap<Stage, readonly Wait[]>): ReadonlySet<Stage> {
  const open = new Map<Stage, number>();
  const waitedBy = new Map<Stage, Stage[]>();
  for (const [stage, list] of waits) {
    open.set(stage, list.length);
    for (const { awaited } of list) {
      const others = waitedBy.get(awaited);
      if (others === undefined) waitedBy.set(awaited, [stage]);
      else others.push(stage);
    }
  }
  const ready = view.stages.map(({ stage }) => stage).filter((stage) => !open.has(stage));
  for (let stage = ready.pop(); stage !== undefined; stage = ready.pop()) {
    for (const other of waitedBy.get(stage) ?? []) {
      const left = (open.get(other) ?? 0) - 1;
      open.set(other, left);
      if (left === 0) {
        open.delete(other);
        ready.push(other);
      }
    }
  }
  return new Set(open.keys());
}

/** Walks from one stuck stage to one it waits for until it meets its own way; empty when it meets an earlier one. */
function cycleFrom(
  start: Stage,
  stuck: ReadonlySet<Stage>,
  waits: ReadonlyMap<Stage, readonly Wait[]>,
  seen: Set<Stage>,
): readonly Wait[] {
  const path: Stage[] = [];
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
  const order = new Map(view.stages.map(({ stage }, index) => [stage, index]));
  const indexes = way.map(({ link }) => order.get(link.waiting) ?? 0);
  const first = indexes.indexOf(Math.min(...indexes));
  const rotated = [...way.slice(first), ...way.slice(0, first)];
  const names = rotated.map(({ link }) => link.waiting.id);
  const stage = rotated[0]?.link.in ?? null;
  return {
    stage,
    code: "dependency-cycle",
    severity: "error",
    message:
      names.length === 1
        ? `The stage "${names[0]}" waits for its own output, so it would never run.`
        : `These stages wait for each other, so none of them would run: ${[...names, names[0]].join(" -> ")}. Remove one of these dependencies.`,
    span: rotated[0]?.link.span() ?? { start: 0, end: 0 },
    related: rotated.map(({ link }) => ({
      message: `"${link.waiting.id}" waits for "${link.awaited.id}"`,
      stage: link.in.id,
      span: link.span(),
    })),
  };
}
