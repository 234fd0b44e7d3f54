import {
  ErrorCodes,
  type Range,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import {
  heirsOf,
  lineIndex,
  type PipelineDocument,
  renameAcross,
  resolvePipeline,
  stageById,
  stageNameAt,
} from "#core/pipeline";
import { rangeToLsp } from "./convert.ts";
import type { Neighbours } from "./placed-project.ts";

/** Where a stage is named at an offset, and what it is called there; refused, as a request, where nothing is. */
export function prepareRename(
  document: PipelineDocument,
  offset: number,
): { readonly range: Range; readonly placeholder: string } {
  const named = stageNameAt(document, offset);
  if (named === null) throw refused("There is no id of a stage here. Put the cursor on one to change it.");
  const { start, end } = named.span;
  return {
    range: rangeToLsp(named.span, lineIndex(document.text)),
    placeholder: document.text.slice(start, end),
  };
}

/**
 * The edit that gives the stage that is named at an offset another id, in its file and in all that inherit from it:
 * the same as on the canvas.
 */
export function rename(
  { uri, document }: { readonly uri: string; readonly document: PipelineDocument },
  offset: number,
  to: string,
  neighbours: Neighbours,
): WorkspaceEdit {
  const named = stageNameAt(document, offset);
  if (named === null) throw refused("There is no id of a stage here. Put the cursor on one to change it.");
  const { pipelines, path, uriOf } = neighbours;
  const resolved = resolvePipeline(document, { catalog: pipelines, path });
  if (stageById(document, named.id) === undefined) {
    const origin = resolved.parents.find((file) => stageById(file.document, named.id) !== undefined);
    throw refused(
      origin === undefined
        ? `There is no stage "${named.id}" in this file.`
        : `"${named.id}" is inherited from ${origin.path ?? "another pipeline"}. Change its id there; this file follows.`,
    );
  }
  const heirs = path === null ? [] : heirsOf(pipelines, path);
  const result = renameAcross(document, resolved.parent?.document ?? null, { stage: named.id, to }, heirs);
  if (!result.ok) throw refused(result.message);
  const changes: Record<string, TextEdit[]> = { [uri]: editsOf(document, result.edits) };
  heirs.forEach((heir, index) => {
    const edits = result.heirs[index] ?? [];
    if (edits.length > 0) changes[uriOf(heir.path)] = editsOf(heir.document, edits);
  });
  return { changes };
}

function editsOf(
  { text }: PipelineDocument,
  edits: readonly { readonly offset: number; readonly length: number; readonly text: string }[],
): TextEdit[] {
  const lines = lineIndex(text);
  return edits.map(({ offset, length, text: newText }) => ({
    range: rangeToLsp({ start: offset, end: offset + length }, lines),
    newText,
  }));
}

function refused(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}
