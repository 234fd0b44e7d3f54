import * as vscode from "vscode";
import { pathAt } from "#core/pipeline";
import { LANGUAGE_ID } from "../identifiers.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";

/**
 * Tells VS Code what to show the value of while a run is stopped and the mouse is over an expression. Without it VS
 * Code would ask for the word under the mouse, which in an expression is the last part of a path.
 */
export function offerEvaluatablePaths(texts: PipelineTexts): vscode.Disposable {
  return vscode.languages.registerEvaluatableExpressionProvider(
    { language: LANGUAGE_ID },
    {
      provideEvaluatableExpression(document, position) {
        const path = pathAt(texts.read(document), document.offsetAt(position));
        if (path === undefined) return undefined;
        const { start, end } = path.span;
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        return new vscode.EvaluatableExpression(range, path.value);
      },
    },
  );
}
