import * as vscode from "vscode";
import {
  jumpRequest,
  type TraceArguments,
  type TracedStep,
  type TracedValue,
  traceValueRequest,
} from "#protocol";
import type { Canvases } from "../canvas/canvases.ts";
import { Refusal } from "../edge.ts";
import type { DebuggedSessions } from "./debugged-sessions.ts";
import type { VariableRow } from "./variable-row.ts";

/** The way of a value back to what produced it. */
export interface ValueTraces {
  /** Lists it for a row of the Variables view, else for an expression that it asks for, and goes where the user chooses. */
  show(row: VariableRow | undefined): Promise<void>;
}

/** Traces of the run that a row is of, else of the one in front. */
export function createValueTraces(sessions: DebuggedSessions, canvases: Canvases): ValueTraces {
  const reveal = async ({ written }: TracedStep): Promise<void> => {
    if (written === null) return;
    const uri = vscode.Uri.file(written.path);
    const [panel] = canvases.of(uri);
    if (panel !== undefined) {
      panel.webviewPanel.reveal();
      panel.reveal(written.id);
      return;
    }
    const line = new vscode.Position(written.line - 1, 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(line, line) });
  };

  return {
    async show(row) {
      const session = sessions.of(
        row?.sessionId == null ? undefined : { sessionId: row.sessionId, threadId: null },
      );
      const written = row === undefined ? await askExpression() : row.name;
      if (written === undefined) return;
      const first =
        row === undefined ? ofExpression(session, written) : { ...placeOf(row), ...frameIn(session) };
      // The way so far, so that one can go back on it.
      const way: TraceArguments[] = [first];
      for (;;) {
        const args = way.at(-1);
        if (args === undefined) return;
        const trace = await ask(session, args);
        const chosen = await choose(trace, `Who Produced ${written}?`, way.length > 1);
        switch (chosen.kind) {
          case "none":
            return;
          case "back":
            way.pop();
            break;
          case "further":
            way.push({ token: chosen.token });
            break;
          case "reveal":
            return await reveal(chosen.step);
          case "go": {
            const { moment } = chosen.step;
            if (moment === null) return await reveal(chosen.step);
            await session.customRequest(jumpRequest.name, { moment });
            return;
          }
        }
      }
    },
  };
}

type Chosen =
  | { readonly kind: "none" | "back" }
  | { readonly kind: "go" | "reveal"; readonly step: TracedStep }
  | { readonly kind: "further"; readonly token: string };

interface Row extends vscode.QuickPickItem {
  readonly chosen: Chosen;
}

const revealButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("go-to-file"),
  tooltip: "Show the Stage, without Moving in Time",
};

async function choose(trace: TracedValue, title: string, canGoBack: boolean): Promise<Chosen> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = title;
  pick.placeholder = "Choose a place to see the run as it was when the value came there";
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  if (canGoBack) pick.buttons = [vscode.QuickInputButtons.Back];
  pick.items = [...trace.steps.map(stepRow), ...furtherRows(trace)];
  try {
    return await new Promise<Chosen>((resolve) => {
      pick.onDidAccept(() => resolve(pick.selectedItems[0]?.chosen ?? { kind: "none" }));
      pick.onDidTriggerButton(() => resolve({ kind: "back" }));
      pick.onDidTriggerItemButton(({ item }) =>
        resolve(item.chosen.kind === "go" ? { ...item.chosen, kind: "reveal" } : { kind: "none" }),
      );
      pick.onDidHide(() => resolve({ kind: "none" }));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function stepRow(step: TracedStep): Row {
  const { place, cause, text, preview, attempt, stage, written } = step;
  const at = stage === null || attempt === null || attempt === 1 ? "" : `, attempt ${attempt}`;
  return {
    label: `$(${icons[cause]}) ${place}`,
    description: `${text}${at}`,
    ...(preview === null ? {} : { detail: preview }),
    ...(written === null ? {} : { buttons: [revealButton] }),
    chosen: { kind: "go", step },
  };
}

function furtherRows({ of }: TracedValue): readonly Row[] {
  if (of.length === 0) return [];
  return [
    { label: "Made of", kind: vscode.QuickPickItemKind.Separator, chosen: { kind: "none" } },
    ...of.map(
      ({ place, token }): Row => ({
        label: `$(search) ${place}`,
        description: "trace this one",
        chosen: { kind: "further", token },
      }),
    ),
  ];
}

const icons: Readonly<Record<TracedStep["cause"], string>> = {
  passed: "arrow-down",
  computed: "symbol-operator",
  made: "circle-filled",
  cached: "archive",
  "by-hand": "edit",
  written: "json",
  default: "symbol-constant",
  given: "sign-in",
  around: "globe",
  absent: "circle-slash",
  unknown: "question",
};

function placeOf({ variablesReference, name }: VariableRow): { variablesReference: number; name: string } {
  return { variablesReference, name };
}

/** The frame that is selected, in which rows are shown. */
function frameIn(session: vscode.DebugSession): { readonly frameId?: number } {
  const item = vscode.debug.activeStackItem;
  return item instanceof vscode.DebugStackFrame && item.session.id === session.id
    ? { frameId: item.frameId }
    : {};
}

async function askExpression(): Promise<string | undefined> {
  const written = await vscode.window.showInputBox({
    title: "Who Produced This Value?",
    prompt:
      "An expression of the stage that is selected in the call stack: upstream.draft.title, inputs.text, vars.total",
    ignoreFocusOut: true,
  });
  return written?.trim() === "" ? undefined : written?.trim();
}

function ofExpression(session: vscode.DebugSession, expression: string): TraceArguments {
  const { frameId } = frameIn(session);
  if (frameId === undefined)
    throw new Refusal("Nothing is stopped. Set a breakpoint on a stage or press Pause, then trace a value.");
  return { expression, frameId };
}

/** What the adapter refuses is said in its words. */
async function ask(session: vscode.DebugSession, args: TraceArguments): Promise<TracedValue> {
  let answer: unknown;
  try {
    answer = await session.customRequest(traceValueRequest.name, args);
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
  return traceValueRequest.body.parse(answer);
}
