import * as vscode from "vscode";
import { DEBUG_TYPE, type QuestionBody, questionEvent } from "#protocol";
import type { Edge } from "../edge.ts";

/** A question of a run that VS Code started. */
export interface OpenQuestion {
  readonly session: vscode.DebugSession;
  readonly stage: string;
  readonly question: QuestionBody["question"];
}

/** What runs wait for, as their adapters tell. */
export interface QuestionList extends vscode.Disposable {
  all(): readonly OpenQuestion[];
  has(question: OpenQuestion): boolean;
  readonly onDidAsk: vscode.Event<OpenQuestion>;
  /** Something was asked, or is asked no longer. */
  readonly onDidChange: vscode.Event<void>;
}

/** The list of open questions, empty. */
export function createQuestionList(edge: Edge): QuestionList {
  const open = new Map<string, OpenQuestion>();
  const asked = new vscode.EventEmitter<OpenQuestion>();
  const changed = new vscode.EventEmitter<void>();
  const keyOf = (session: string, id: string): string => `${session}\n${id}`;

  const onEvent = ({ session, event, body }: vscode.DebugSessionCustomEvent): void => {
    if (session.type !== DEBUG_TYPE || event !== questionEvent.name) return;
    const read = questionEvent.body.safeParse(body);
    if (!read.success) return edge.report(read.error, `reading ${event} of ${session.name}`);
    const { kind, stage, question } = read.data;
    const key = keyOf(session.id, question.id);
    if (kind === "closed") {
      if (open.delete(key)) changed.fire();
      return;
    }
    const added: OpenQuestion = { session, stage, question };
    open.set(key, added);
    changed.fire();
    asked.fire(added);
  };

  const onEnd = (session: vscode.DebugSession): void => {
    const keys = [...open].filter(([, each]) => each.session.id === session.id).map(([key]) => key);
    for (const key of keys) open.delete(key);
    if (keys.length > 0) changed.fire();
  };

  const subscriptions = vscode.Disposable.from(
    asked,
    changed,
    vscode.debug.onDidReceiveDebugSessionCustomEvent(onEvent),
    vscode.debug.onDidTerminateDebugSession(onEnd),
  );
  return {
    all: () => [...open.values()],
    has: (question) => open.get(keyOf(question.session.id, question.question.id)) === question,
    onDidAsk: asked.event,
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };
}
