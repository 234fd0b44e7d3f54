import * as vscode from "vscode";
import {
  type PipelineDocument,
  type Severity,
  unitsBefore,
  type ValuePath,
  valuePathAt,
} from "#core/pipeline";
import type { CanvasProblem } from "#protocol";

/** What VS Code knows to be wrong with the document, whoever found it, by stage. */
export function stageProblems(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
): readonly CanvasProblem[] {
  return vscode.languages.getDiagnostics(document.uri).map((diagnostic) => {
    const { start, end } = diagnostic.range;
    const offset = document.offsetAt(start);
    const { stage, path, literal } = inOverride(valuePathAt(pipeline, offset));
    return {
      stage,
      severity: severityOf(diagnostic.severity),
      code: codeOf(diagnostic.code),
      message: diagnostic.message,
      line0: start.line,
      path,
      within: literal === null ? null : partOf(literal, offset, document.offsetAt(end)),
    };
  });
}

/** What a file changes of an inherited stage is about that stage. */
function inOverride(found: ValuePath): ValuePath {
  const [top, id, ...path] = found.path;
  return found.stage === null && top === "overrides" && id !== undefined
    ? { ...found, stage: id, path }
    : found;
}

function partOf(
  { text, start }: NonNullable<ValuePath["literal"]>,
  from: number,
  to: number,
): CanvasProblem["within"] {
  return { from: unitsBefore(text, from - start), to: unitsBefore(text, to - start) };
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
