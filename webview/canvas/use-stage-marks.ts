import type { CanvasBreakpoint, StageRunState } from "#protocol";
import { markWords } from "../graph/inherited-mark.ts";
import type { StageItem } from "../graph/outline.ts";
import type { StageProblems } from "../model/stage-marks.ts";
import { useModel } from "../session/session-context.tsx";
import { statusLabel } from "./stage-status.ts";
import type { StageFace } from "./use-stage-face.ts";

/** What is marked on one stage besides what its text says. */
export interface StageMarks {
  readonly run: StageRunState | undefined;
  /** True where what the run did with it is looked at in the record, and did not happen now. */
  readonly replayed: boolean;
  readonly stopped: boolean;
  readonly breakpoint: CanvasBreakpoint | undefined;
  readonly problems: StageProblems | undefined;
  /** Since when and to what it is pinned. */
  readonly pin: string | undefined;
}

/** The marks of a stage. News of other stages does not draw this one again. */
export function useStageMarks({ card, repeated }: StageItem): StageMarks {
  const run = useModel((model) => model.run.stages.get(card.id));
  const replayed = useModel((model) => model.run.origin?.kind === "exact-replay");
  const stopped = useModel((model) => model.run.stoppedAt === card.id);
  const breakpoint = useModel((model) => model.breakpoints.get(card.id));
  const problems = useModel((model) => model.problems.get(card.id));
  const pin = useModel((model) => model.pins.get(card.id));
  return { run, replayed, stopped: stopped && !repeated, breakpoint, problems, pin };
}

/** What a screen reader says of a stage. */
export function stageLabel(
  { card, inherited }: StageItem,
  { typeTitle }: StageFace,
  { run, replayed, stopped, breakpoint, problems, pin }: StageMarks,
): string {
  const parts = [card.title, typeTitle];
  if (card.inLegs) parts.push("once for each leg of its matrix");
  if (card.componentType === "subpipeline") parts.push("Alt+Enter opens the pipeline it calls");
  if (inherited !== null) parts.push(markWords(inherited));
  if (!card.enabled) parts.push("disabled");
  if (pin !== undefined) parts.push("pinned, does not run");
  if (stopped) parts.push("the run is stopped here");
  else if (run !== undefined) parts.push(statusLabel(run.status, replayed ? "record" : "run"));
  if (run?.note !== undefined) parts.push(run.note);
  if (breakpoint !== undefined) parts.push(breakpointLabel(breakpoint));
  if (problems !== undefined) parts.push(problemsLabel(problems));
  return parts.join(", ");
}

/** What kind of breakpoint it is, in words. */
export function breakpointLabel({ enabled, kind, verified, message }: CanvasBreakpoint): string {
  const kinds = { plain: "breakpoint", conditional: "conditional breakpoint", log: "log point" } as const;
  if (!enabled) return `disabled ${kinds[kind]}`;
  return verified
    ? kinds[kind]
    : `${kinds[kind]} that will not be hit${message === undefined ? "" : `: ${message}`}`;
}

/** How many problems, in words. */
export function problemsLabel({ errors, warnings }: StageProblems): string {
  const count = (number: number, word: string): string[] =>
    number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`];
  return [...count(errors, "error"), ...count(warnings, "warning")].join(" and ");
}
