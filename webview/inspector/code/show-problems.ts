import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { CanvasProblem } from "#protocol";
import type { TextProblem } from "./problems-in-text.ts";

/** Underlines the problems of a text where they are in it. */
export function showProblems(view: EditorView, problems: readonly TextProblem[]): void {
  const { length } = view.state.doc;
  const diagnostics = problems
    .filter(({ to }) => to <= length)
    .map(
      ({ from, to, severity, message }): Diagnostic => ({
        from,
        to,
        severity: severityOf(severity),
        message,
      }),
    );
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
