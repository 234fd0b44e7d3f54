import * as vscode from "vscode";
import { DEBUG_TYPE } from "#protocol";
import type { Canvases } from "../canvas/canvases.ts";
import type { Edge } from "../edge.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import { stageOfBreakpoint } from "../texts/stage-lines.ts";

/** Shows on the canvas the stage of the frame that is selected in the call stack. */
export function followStackFrame(edge: Edge, texts: PipelineTexts, canvases: Canvases): vscode.Disposable {
  return vscode.debug.onDidChangeActiveStackItem((item) => {
    if (!(item instanceof vscode.DebugStackFrame) || item.session.type !== DEBUG_TYPE) return;
    void edge.run("following the call stack", async () => {
      const frame = await placeOf(item);
      if (frame === undefined) return;
      for (const panel of canvases.of(vscode.Uri.file(frame.path))) {
        const position = new vscode.Position(frame.line1 - 1, 0);
        const stage = stageOfBreakpoint(panel.document, texts.read(panel.document), position);
        if (stage !== undefined) panel.reveal(stage.id);
      }
    });
  });
}

async function placeOf({
  session,
  threadId,
  frameId,
}: vscode.DebugStackFrame): Promise<{ path: string; line1: number } | undefined> {
  const answer: unknown = await session.customRequest("stackTrace", { threadId }).then(
    (value: unknown) => value,
    // The run has gone on, or the session has ended, before the question arrived.
    () => undefined,
  );
  const frames: unknown = property(answer, "stackFrames");
  if (!Array.isArray(frames)) return undefined;
  const frame: unknown = frames.find((candidate: unknown) => property(candidate, "id") === frameId);
  const path = property(property(frame, "source"), "path");
  const line1 = property(frame, "line");
  return typeof path === "string" && typeof line1 === "number" && line1 >= 1 ? { path, line1 } : undefined;
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
}
