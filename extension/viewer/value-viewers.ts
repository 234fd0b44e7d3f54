import * as vscode from "vscode";
import { readValueRequest } from "#protocol";
import type { SnapshotDocuments } from "../comparison/snapshot-documents.ts";
import type { DebuggedSessions } from "../debug/debugged-sessions.ts";
import type { VariableRow } from "../debug/variable-row.ts";
import { type Edge, Refusal } from "../edge.ts";
import { readSession, readValue, sessionOver } from "./read-value.ts";
import { fillValuePanel, openValuePanel } from "./value-panel.ts";
import { createValueTexts } from "./value-texts.ts";

/** Viewers of a run's values. */
export interface ValueViewers {
  /** Opens one on a row of the Variables view, else on an expression that it asks for. */
  open(row: VariableRow | undefined): Promise<void>;
  /** Fills a panel that is there again after the window was loaded anew, with what its page has kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

/** Viewers in the session that a row is of, else in the one in front. */
export function createValueViewers(
  edge: Edge,
  sessions: DebuggedSessions,
  { dist, documents }: { readonly dist: vscode.Uri; readonly documents: SnapshotDocuments },
): ValueViewers {
  const texts = createValueTexts(documents);
  return {
    async open(row) {
      const session = sessions.of(
        row?.sessionId == null ? undefined : { sessionId: row.sessionId, threadId: null },
      );
      const asked = row === undefined ? await askExpression(session) : rowIn(row);
      if (asked === undefined) return;
      const source = readSession(session);
      try {
        openValuePanel(source, await readValue(source, asked), { edge, dist, texts });
      } catch (error) {
        source.dispose();
        throw error;
      }
    },
    restore(panel, state) {
      const kept = readValueRequest.body.safeParse(state);
      // Of another version, or too large to be kept: there is nothing to show.
      if (kept.success) fillValuePanel(panel, sessionOver, kept.data, { edge, dist, texts });
      else panel.dispose();
    },
  };
}

function rowIn({ variablesReference, name }: VariableRow): { variablesReference: number; name: string } {
  return { variablesReference, name };
}

async function askExpression(
  session: vscode.DebugSession,
): Promise<{ expression: string; frameId: number } | undefined> {
  const item = vscode.debug.activeStackItem;
  if (!(item instanceof vscode.DebugStackFrame) || item.session.id !== session.id)
    throw new Refusal("Nothing is stopped. Set a breakpoint on a stage or press Pause, then open a value.");
  const written = await vscode.window.showInputBox({
    title: "Open in Viewer",
    prompt:
      "An expression of the stage that is selected in the call stack: upstream.draft.items, inputs.text",
    ignoreFocusOut: true,
  });
  const expression = written?.trim() ?? "";
  return expression === "" ? undefined : { expression, frameId: item.frameId };
}
