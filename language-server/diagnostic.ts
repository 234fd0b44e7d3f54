import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Location } from "vscode-languageserver";
import { ruleOf } from "#core/checks";
import type { LineIndex, Problem, RelatedPlace, Severity } from "#core/pipeline";
import { rangeToLsp } from "./convert.ts";

/** Where a place that has to do with a problem is: in the text itself, or in another file of its project. */
export type Locate = (place: RelatedPlace) => Location | null;

/** What diagnostics lead to. */
export interface DiagnosticLinks {
  /** The documentation of the checks; null where there is none. */
  readonly docs: string | null;
  /** For a client that shows related places. */
  readonly locate: Locate | null;
}

/** A problem as the protocol has it. */
export function diagnosticOf(
  problem: Problem,
  lines: LineIndex,
  { docs, locate }: DiagnosticLinks,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: rangeToLsp(problem.span, lines),
    severity: severityToLsp(problem.severity),
    code: problem.code,
    source: "flowmason",
    message: problem.message,
  };
  const rule = ruleOf(problem.code);
  if (rule !== undefined && docs !== null) diagnostic.codeDescription = { href: `${docs}#${rule.anchor}` };
  if (rule?.unnecessary === true) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (locate !== null && problem.related !== undefined) {
    diagnostic.relatedInformation = problem.related.flatMap((place) => {
      const location = locate(place);
      return location === null ? [] : [{ location, message: place.message }];
    });
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
