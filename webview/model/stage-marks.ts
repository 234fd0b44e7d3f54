import type { CanvasBreakpoint, CanvasPin, CanvasProblem } from "#protocol";

/** The problems of one stage. */
export interface StageProblems {
  readonly errors: number;
  readonly warnings: number;
  /** A line each. */
  readonly text: string;
}

/** Errors and warnings by stage id; hints do not show on the canvas. Entries that did not change are those of `previous`. */
export function problemsByStage(
  problems: readonly CanvasProblem[],
  previous: ReadonlyMap<string, StageProblems>,
): ReadonlyMap<string, StageProblems> {
  const byStage = new Map<string, CanvasProblem[]>();
  for (const problem of problems) {
    if (problem.stage === null || (problem.severity !== "error" && problem.severity !== "warning")) continue;
    const list = byStage.get(problem.stage);
    if (list === undefined) byStage.set(problem.stage, [problem]);
    else list.push(problem);
  }
  const marks = new Map<string, StageProblems>();
  for (const [stage, list] of byStage) {
    const mark = {
      errors: list.filter(({ severity }) => severity === "error").length,
      warnings: list.filter(({ severity }) => severity === "warning").length,
      text: list.map(({ message }) => message).join("\n"),
    };
    const before = previous.get(stage);
    const same =
      before?.text === mark.text && before.errors === mark.errors && before.warnings === mark.warnings;
    marks.set(stage, same ? before : mark);
  }
  return marks;
}

/** Breakpoints by stage id. */
export function breakpointsByStage(
  breakpoints: readonly CanvasBreakpoint[],
  previous: ReadonlyMap<string, CanvasBreakpoint>,
): ReadonlyMap<string, CanvasBreakpoint> {
  return new Map(
    breakpoints.map((breakpoint) => {
      const before = previous.get(breakpoint.stage);
      const same =
        before?.enabled === breakpoint.enabled &&
        before.kind === breakpoint.kind &&
        before.verified === breakpoint.verified &&
        before.message === breakpoint.message;
      return [breakpoint.stage, same ? before : breakpoint];
    }),
  );
}

/** What is said of pins, by stage id. */
export function pinsByStage(pins: readonly CanvasPin[]): ReadonlyMap<string, string> {
  return new Map(pins.map(({ stage, note }) => [stage, note]));
}
