import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type CheckRule, rules, type SuppressedProblem } from "#core/checks";
import { type LineIndex, lineIndex, type Problem, type Severity, type Span } from "#core/pipeline";
import type { CheckedFile } from "../problem-lines.ts";
import { version } from "../version.ts";

/** A checked file, with what its `$ignore` hides: SARIF lists that too, as suppressed. */
export interface InspectedFile extends CheckedFile {
  readonly suppressed: readonly SuppressedProblem[];
}

/** How a run of the tool ended: as it should, or refused for a reason. */
export interface Invocation {
  readonly refused: string | null;
}

/** Problems as a log of SARIF 2.1.0 (OASIS standard), which code scanners and editors read. Lines and columns from 1. */
export function sarifLog(
  files: readonly InspectedFile[],
  { refused }: Invocation = { refused: null },
): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "FlowMason",
            version: version(),
            rules: rules.map(descriptorOf),
          },
        },
        invocations: [
          refused === null
            ? { executionSuccessful: true }
            : {
                executionSuccessful: false,
                toolConfigurationNotifications: [{ level: "error", message: { text: refused } }],
              },
        ],
        columnKind: "utf16CodeUnits",
        results: files.flatMap(resultsOf),
      },
    ],
  };
}

function descriptorOf({ code, name, title, severity }: CheckRule): object {
  return {
    id: code,
    name: name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    defaultConfiguration: { level: levelOf(severity) },
    // No `helpUri`, which has to be absolute: the documentation comes with the program, at another place on each machine.
    help: { text: `See "${code} ${name}" in docs/checks.md, which comes with FlowMason.` },
  };
}

function resultsOf(file: InspectedFile): readonly object[] {
  const lines = lineIndex(file.text);
  const seen = new Map<string, number>();
  const result = (problem: Problem): object => {
    const { code, severity, message, span, stage, related = [] } = problem;
    return {
      ruleId: code,
      ...ruleIndexOf(code),
      level: levelOf(severity),
      message: { text: message },
      locations: [
        {
          physicalLocation: placeOf(file, lines, span),
          ...(stage === undefined ? {} : { logicalLocations: [{ name: stage, kind: "object" }] }),
        },
      ],
      ...(related.length === 0
        ? {}
        : {
            relatedLocations: related.map((place, id) => ({
              id,
              message: { text: place.message },
              physicalLocation:
                place.path === undefined
                  ? placeOf(file, lines, place.span)
                  : { artifactLocation: artifactOf(place.path) },
            })),
          }),
      partialFingerprints: { "problem/v1": fingerprintOf(file.path, problem, seen) },
    };
  };
  return [
    ...file.problems.map(result),
    ...file.suppressed.map(({ problem, reason }) => ({
      ...result(problem),
      suppressions: [{ kind: "inSource", ...(reason === null ? {} : { justification: reason }) }],
    })),
  ];
}

function ruleIndexOf(code: string): object {
  const ruleIndex = rules.findIndex((rule) => rule.code === code);
  return ruleIndex < 0 ? {} : { ruleIndex };
}

/** SARIF has three levels of what is wrong. */
function levelOf(severity: Severity): "error" | "warning" | "note" {
  switch (severity) {
    case "error":
    case "warning":
      return severity;
    case "information":
    case "hint":
      return "note";
  }
}

function placeOf({ path, text }: CheckedFile, lines: LineIndex, { start, end }: Span): object {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  const region = {
    startLine: from.line0 + 1,
    startColumn: from.character + 1,
    endLine: to.line0 + 1,
    endColumn: to.character + 1,
  };
  // A file that could not be read has no lines.
  return { artifactLocation: artifactOf(path), ...(text === "" ? {} : { region }) };
}

/** Relative to where `fm` was started; absolute where the file is not below that. */
function artifactOf(path: string): object {
  const isInside = !/^(?:\/|[a-zA-Z]:|\.\.(?:\/|$))/.test(path);
  if (!isInside) return { uri: pathToFileURL(resolve(path)).href };
  const relative = path.replace(/^(?:\.\/+)+/, "");
  return { uri: relative.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}

/** The same for the same problem when lines move: the how-manieth of that text in that stage of that file. */
function fingerprintOf(path: string, { code, stage, message }: Problem, seen: Map<string, number>): string {
  const about = JSON.stringify([path, code, stage ?? null, message]);
  const nth = seen.get(about) ?? 0;
  seen.set(about, nth + 1);
  return createHash("sha256").update(`${about}${nth}`).digest("hex").slice(0, 32);
}
