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

/** Characters of a message, and of that of a related place; texts of the file can be in both, as long as they like. */
const mostMessage = 1000;
const mostRelatedMessage = 300;
/** Related places of one problem. */
const mostRelated = 50;

/** A problem as the protocol has it, cut to what a person would read. */
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
    message: cut(problem.message, mostMessage),
  };
  const rule = ruleOf(problem.code);
  if (rule !== undefined && docs !== null) diagnostic.codeDescription = { href: `${docs}#${rule.anchor}` };
  if (rule?.unnecessary === true) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (locate !== null && problem.related !== undefined) {
    const { related } = problem;
    diagnostic.relatedInformation = related.slice(0, mostRelated).flatMap((place, index) => {
      const location = locate(place);
      if (location === null) return [];
      const more = index === mostRelated - 1 ? related.length - mostRelated : 0;
      const message = cut(place.message, mostRelatedMessage);
      return [{ location, message: more === 0 ? message : `${message} (and ${more} more places)` }];
    });
  }
  return diagnostic;
}

/** The start of a text that is too long, without half a character at its end. */
function cut(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, most)
        .toWellFormed()
        .replace(/\uFFFD$/, "")}…`;
}

/** A severity as the protocol has it. */
export function severityToLsp(severity: Severity): DiagnosticSeverity {
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
