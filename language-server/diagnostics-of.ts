import type { Diagnostic } from "vscode-languageserver";
import type { LineIndex, Problem, Severity } from "#core/pipeline";
import { type DiagnosticLinks, diagnosticOf, severityToLsp } from "./diagnostic.ts";

/** Diagnostics of one file, at most; nobody reads more, and an editor that gets them all stands still. */
const mostDiagnostics = 1000;
/** Related places of all diagnostics of one file, at most; cycles have as many as they have stages. */
const mostRelated = 2000;

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/**
 * The problems of a file as they are published, in their order. Where they are too many the less severe are left out
 * first, and a diagnostic after the others says how many there are; `fm validate` prints them all.
 */
export function diagnosticsOf(
  problems: readonly Problem[],
  lines: LineIndex,
  links: DiagnosticLinks,
): Diagnostic[] {
  const shown = mostSevere(problems);
  let related = mostRelated;
  const diagnostics = shown.map((problem) => {
    const diagnostic = diagnosticOf(problem, lines, related > 0 ? links : { ...links, locate: null });
    related -= diagnostic.relatedInformation?.length ?? 0;
    return diagnostic;
  });
  return shown.length === problems.length ? diagnostics : [...diagnostics, rest(problems, shown)];
}

function mostSevere(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= mostDiagnostics) return problems;
  const kept = new Set<Problem>();
  // The last place is for what says that there are more.
  for (const severity of severities) {
    for (const problem of problems) {
      if (kept.size === mostDiagnostics - 1) break;
      if (problem.severity === severity) kept.add(problem);
    }
  }
  return problems.filter((problem) => kept.has(problem));
}

/** As severe as the worst of what is left out, at the beginning of the file. */
function rest(problems: readonly Problem[], shown: readonly Problem[]): Diagnostic {
  const kept = new Set(shown);
  const hidden = problems.filter((problem) => !kept.has(problem));
  const counts = severities.flatMap((severity) => {
    const count = hidden.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} of severity ${severity}`];
  });
  const start = { line: 0, character: 0 };
  const worst =
    severities.find((severity) => hidden.some((problem) => problem.severity === severity)) ?? "hint";
  return {
    range: { start, end: start },
    severity: severityToLsp(worst),
    source: "flowmason",
    message: `${hidden.length} more problems of this file are not shown here: ${counts.join(", ")}. \`fm validate\` lists them all.`,
  };
}
