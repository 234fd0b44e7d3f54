import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { CanvasProblem } from "#protocol";

/** Underlines the problems of a text where they are in it. */
export function showProblems(view: EditorView, problems: readonly CanvasProblem[]): void {
  const { length } = view.state.doc;
  const diagnostics = problems.flatMap(({ within, severity, message }): readonly Diagnostic[] => {
    if (within === null || within.to > length) return [];
    return [{ from: within.from, to: within.to, severity: severityOf(severity), message }];
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function severityOf(severity: CanvasProblem["severity"]): Diagnostic["severity"] {
  switch (severity) {
    case "error":
    case "warning":
    case "hint":
      return severity;
    case "information":
      return "info";
  }
}
