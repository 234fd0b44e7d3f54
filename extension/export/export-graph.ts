import * as vscode from "vscode";
import { type Drawing, drawingOf } from "#core/drawing";
import { parsePipeline } from "#core/pipeline";
import type { ResolveAnswer } from "#protocol";
import type { Canvases } from "../canvas/canvases.ts";
import { Refusal } from "../edge.ts";
import { exportName, type GraphFormat, graphFormats } from "./graph-formats.ts";

/** Tells what a pipeline is with all that it inherits. */
export type ResolvePipeline = (pipeline: vscode.Uri) => Promise<ResolveAnswer>;

const OPEN = "Open";

/**
 * Lets the user choose a format and a file, and writes the graph of a pipeline with all that it inherits, as `fm graph`
 * draws it. That a file is replaced VS Code asks itself. Throws {@link Refusal} where the pipeline cannot be drawn.
 */
export async function exportGraph(
  pipeline: vscode.Uri,
  canvases: Canvases,
  resolvePipeline: ResolvePipeline,
): Promise<void> {
  const chosen = await vscode.window.showQuickPick(
    graphFormats.map((format) => ({ label: format.name, description: format.use, format })),
    { title: "Export Graph", placeHolder: "Format" },
  );
  if (chosen === undefined) return;
  const { format } = chosen;
  // Before a file is asked for: what cannot be drawn needs none.
  const bytes = await bytesOf(drawingOfAnswer(await resolvePipeline(pipeline)), format, pipeline, canvases);
  const target = await vscode.window.showSaveDialog({
    title: "Export Graph",
    saveLabel: "Export",
    filters: { [format.name]: [format.extension] },
    ...firstTarget(pipeline, format),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, bytes);
  // Not waited for: it may stand there for as long as the user likes.
  void tellWritten(target);
}

function drawingOfAnswer({ text, problems }: ResolveAnswer): Drawing {
  if (text !== null) return drawingOf(parsePipeline(text), null);
  const reason = problems.length === 0 ? "Its text has errors: mend them first." : problems.join(" ");
  throw new Refusal(`The graph of this pipeline cannot be exported. ${reason}`);
}

async function bytesOf(
  drawing: Drawing,
  { content }: GraphFormat,
  pipeline: vscode.Uri,
  canvases: Canvases,
): Promise<Uint8Array> {
  switch (content.kind) {
    case "text":
      return new TextEncoder().encode(content.write(drawing));
    case "png": {
      const panel = canvases.of(pipeline).find(({ webviewPanel }) => webviewPanel.visible);
      if (panel === undefined)
        throw new Refusal(
          "PNG is drawn by the canvas: show this pipeline with Open as Pipeline first, or export SVG.",
        );
      const answer = await panel.drawPng(content.source(drawing));
      if (!answer.ok) throw new Refusal(answer.message);
      return Buffer.from(answer.base64, "base64");
    }
  }
}

/** Beside the pipeline where a file can be written there, else in the first folder of the workspace. */
function firstTarget(pipeline: vscode.Uri, format: GraphFormat): { readonly defaultUri?: vscode.Uri } {
  const name = exportName(pipeline.path, format);
  if (vscode.workspace.fs.isWritableFileSystem(pipeline.scheme) === true)
    return { defaultUri: vscode.Uri.joinPath(pipeline, "..", name) };
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder.uri, name) };
}

async function tellWritten(target: vscode.Uri): Promise<void> {
  const name = target.path.slice(target.path.lastIndexOf("/") + 1);
  const choice = await vscode.window.showInformationMessage(`The graph was exported to ${name}.`, OPEN);
  if (choice === OPEN) await vscode.commands.executeCommand("vscode.open", target);
}
