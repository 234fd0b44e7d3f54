import type { CanvasProblem } from "#protocol";
import type { Form } from "./form.ts";

/** Where in a form the problems of its stage, or of the pipeline, are said. */
export interface FormProblems {
  /** By the ids of rows. */
  readonly byRow: ReadonlyMap<string, readonly CanvasProblem[]>;
  /** Those of no field that has a row. */
  readonly others: readonly CanvasProblem[];
}

/** Puts each problem to the row whose path leads furthest towards it. Hints are said in the text only. */
export function problemsInForm(form: Form, problems: readonly CanvasProblem[]): FormProblems {
  const byRow = new Map<string, CanvasProblem[]>();
  const others: CanvasProblem[] = [];
  const rows = form.sections.flatMap((section) => section.rows);
  for (const problem of problems) {
    if (problem.stage !== form.stage || problem.severity === "hint") continue;
    const [row] = rows
      .filter(({ path }) => path.every((key, index) => key === problem.path[index]))
      .toSorted((a, b) => b.path.length - a.path.length);
    if (row === undefined) {
      others.push(problem);
      continue;
    }
    const there = byRow.get(row.id);
    if (there === undefined) byRow.set(row.id, [problem]);
    else there.push(problem);
  }
  return { byRow, others };
}
