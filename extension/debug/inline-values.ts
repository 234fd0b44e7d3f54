import * as vscode from "vscode";
import { pathsOfStage } from "#core/pipeline";
import { LANGUAGE_ID } from "../identifiers.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";

/**
 * Tells VS Code which values to draw in the text while a run is stopped: of the paths in the stage that it is stopped at,
 * and, at the line on which that opens, of its output. VS Code asks for them as it does for a watch, cuts them short, and
 * leaves out what has no value there.
 */
export function offerInlineValues(texts: PipelineTexts): vscode.Disposable {
  return vscode.languages.registerInlineValuesProvider(
    { language: LANGUAGE_ID },
    {
      provideInlineValues(document, viewPort, { stoppedLocation }) {
        const stage = document.offsetAt(stoppedLocation.start);
        const paths = pathsOfStage(texts.read(document), stage).map(({ value, span }) => ({
          range: new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)),
          path: value,
        }));
        // Of another frame, as that of the pipeline, nothing is the stage's.
        if (paths.length === 0 && !isStage(document, stoppedLocation)) return [];
        const { line } = stoppedLocation.start;
        const opening = { range: new vscode.Range(line, 0, line, 0), path: "output" };
        return [opening, ...paths]
          .filter(({ range }) => viewPort.intersection(range) !== undefined)
          .map(({ range, path }) => new vscode.InlineValueEvaluatableExpression(range, path));
      },
    },
  );
}

/** The frame of a pipeline is at the beginning of its file. */
function isStage(document: vscode.TextDocument, { start }: vscode.Range): boolean {
  return document.offsetAt(start) > 0;
}
