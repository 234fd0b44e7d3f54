import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from "vscode-languageserver";
import { type LineIndex, mendProblem, type PipelineDocument, type Problem } from "#core/pipeline";
import { rangeToLsp } from "../convert.ts";
import { titleOf } from "./titles.ts";

/** A text as it was checked last. */
export interface CheckedText {
  readonly document: PipelineDocument;
  readonly lines: LineIndex;
  readonly version: number;
  readonly problems: readonly Problem[];
}

/** Quick fixes of a range, at most: a person chooses from what is at a line, not from all of a long file. */
const mostActions = 100;

/** The quick fixes of the problems in a range, the first where they are very many. Each is an edit of the text that was checked, and of no later one. */
export function codeActions(
  { document, lines, version, problems }: CheckedText,
  { textDocument: { uri }, range, context }: CodeActionParams,
): readonly CodeAction[] {
  if (context.only?.every((kind) => !CodeActionKind.QuickFix.startsWith(kind)) === true) return [];
  const actions: CodeAction[] = [];
  for (const problem of problems) {
    if (actions.length === mostActions) break;
    if (problem.fix === undefined) continue;
    const place = rangeToLsp(problem.span, lines);
    if (!overlap(place, range)) continue;
    const result = mendProblem(document, problem);
    if (!result.ok) continue;
    const edits = result.edits.map(({ offset, length, text }) => ({
      range: rangeToLsp({ start: offset, end: offset + length }, lines),
      newText: text,
    }));
    actions.push({
      title: titleOf(problem.fix, problem.stage),
      kind: CodeActionKind.QuickFix,
      diagnostics: context.diagnostics.filter((each) => isOf(each, problem, place)),
      isPreferred: problem.fix.kind.startsWith("replace"),
      edit: { documentChanges: [{ textDocument: { uri, version }, edits }] },
    });
  }
  return actions;
}

function isOf(diagnostic: Diagnostic, { code }: Problem, { start, end }: Range): boolean {
  return (
    diagnostic.code === code && isSame(diagnostic.range.start, start) && isSame(diagnostic.range.end, end)
  );
}

type Place = Range["start"];

function isSame(one: Place, other: Place): boolean {
  return one.line === other.line && one.character === other.character;
}

function isAfter(one: Place, other: Place): boolean {
  return one.line > other.line || (one.line === other.line && one.character > other.character);
}

/** Ranges that touch overlap: a caret at the end of a name is at the name. */
function overlap(one: Range, other: Range): boolean {
  return !isAfter(one.start, other.end) && !isAfter(other.start, one.end);
}
