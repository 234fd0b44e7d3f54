import * as vscode from "vscode";
import { type PipelineDocument, type Severity, stageAt } from "#core/pipeline";
import type { CanvasProblem } from "#protocol";

/** What VS Code knows to be wrong with the document, whoever found it, by stage. */
export function stageProblems(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
): readonly CanvasProblem[] {
  return vscode.languages.getDiagnostics(document.uri).map((diagnostic) => ({
    stage: stageAt(pipeline, document.offsetAt(diagnostic.range.start))?.id ?? null,
    severity: severityOf(diagnostic.severity),
    code: codeOf(diagnostic.code),
    message: diagnostic.message,
    line0: diagnostic.range.start.line,
  }));
}

function severityOf(severity: vscode.DiagnosticSeverity): Severity {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return "error";
    case vscode.DiagnosticSeverity.Warning:
      return "warning";
    case vscode.DiagnosticSeverity.Information:
      return "information";
    case vscode.DiagnosticSeverity.Hint:
      return "hint";
  }
}

function codeOf(code: vscode.Diagnostic["code"]): string | null {
  if (code === undefined) return null;
  return String(typeof code === "object" ? code.value : code);
}
