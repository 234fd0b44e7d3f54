import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver";
import { ruleOf } from "#core/checks";
import type { LineIndex, Problem, Severity } from "#core/pipeline";
import { rangeToLsp } from "./convert.ts";

/** A problem as the protocol has it. Related places are told when `relateIn`, the URI of the text, is given. */
export function diagnosticOf(problem: Problem, lines: LineIndex, relateIn: string | null): Diagnostic {
  const diagnostic: Diagnostic = {
    range: rangeToLsp(problem.span, lines),
    severity: severityToLsp(problem.severity),
    code: problem.code,
    source: "flowmason",
    message: problem.message,
  };
  const name = ruleOf(problem.code)?.name;
  if (name === "unused-output" || name === "unreachable-stage") {
    diagnostic.tags = [DiagnosticTag.Unnecessary];
  }
  if (relateIn !== null && problem.related !== undefined) {
    diagnostic.relatedInformation = problem.related.map(({ message, span }) => ({
      location: { uri: relateIn, range: rangeToLsp(span, lines) },
      message,
    }));
  }
  return diagnostic;
}

function severityToLsp(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case "error":
      return DiagnosticSeverity.Error;
    case "warning":
      return DiagnosticSeverity.Warning;
    case "information":
      return DiagnosticSeverity.Information;
    case "hint":
      return DiagnosticSeverity.Hint;
  }
}
