import * as vscode from "vscode";
import {
  type CanvasRun,
  DEBUG_TYPE,
  type PastPoint,
  type RunOrigin,
  runStateEvent,
  type StageRunState,
  type WireValue,
} from "#protocol";
import type { Edge } from "../edge.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import { sameLogic } from "../texts/same-logic.ts";
import { originOf } from "./origin-of.ts";

/** What canvases show of runs, by file: the latest one, until the next starts or the pipeline is edited. */
export interface RunViews extends vscode.Disposable {
  /** All that is known of the file's latest run. */
  of(uri: vscode.Uri): CanvasRun;
  /** The session that was started last, whatever it runs; null before the first. */
  latest(): string | null;
  /** Has a session's run of a file, which is stopped, show what flows on its wires, and no other file of it. */
  showValues(session: string, uri: vscode.Uri, values: readonly WireValue[]): void;
  /** News only: `stages` holds what changed. */
  readonly onDidChange: vscode.Event<{ readonly uri: vscode.Uri; readonly change: CanvasRun }>;
}

const NO_RUN: CanvasRun = { session: null, phase: "idle", stages: [], stoppedAt: null, past: null };

interface RunView {
  readonly uri: vscode.Uri;
  readonly session: string;
  phase: CanvasRun["phase"];
  stoppedAt: string | null;
  past: PastPoint | null;
  values: readonly WireValue[];
  readonly origin: RunOrigin | null;
  readonly stages: Map<string, StageRunState>;
}

/** Follows the runs of all debug sessions until it is disposed of. */
export function createRunViews(edge: Edge, texts: PipelineTexts): RunViews {
  const views = new Map<string, RunView>();
  // The files of each session that have had a view: one that a later session runs must not take it back.
  const seen = new Map<string, Set<string>>();
  let latest: string | null = null;
  const changed = new vscode.EventEmitter<{ readonly uri: vscode.Uri; readonly change: CanvasRun }>();

  const publish = (view: RunView, stages: readonly StageRunState[]): void =>
    changed.fire({
      uri: view.uri,
      change: {
        session: view.session,
        phase: view.phase,
        stages,
        stoppedAt: view.stoppedAt,
        past: view.past,
        origin: view.origin,
      },
    });

  const viewFor = (
    { id: session, configuration }: vscode.DebugSession,
    uri: vscode.Uri,
  ): RunView | undefined => {
    const found = views.get(uri.toString());
    if (found?.session === session) return found;
    const files = seen.get(session) ?? new Set<string>();
    if (files.has(uri.toString())) return undefined;
    seen.set(session, files.add(uri.toString()));
    const view: RunView = {
      uri,
      session,
      phase: "running",
      stoppedAt: null,
      past: null,
      values: [],
      origin: originOf({ configuration }),
      stages: new Map(),
    };
    views.set(uri.toString(), view);
    return view;
  };

  const onEvent = ({ session, event, body }: vscode.DebugSessionCustomEvent): void => {
    if (session.type !== DEBUG_TYPE || event !== runStateEvent.name) return;
    const state = runStateEvent.body.safeParse(body);
    if (!state.success) {
      edge.report(state.error, `reading ${event} of ${session.name}`);
      return;
    }
    const view = viewFor(session, vscode.Uri.file(state.data.path));
    if (view === undefined) return;
    view.stoppedAt = state.data.stoppedAt;
    view.past = state.data.past ?? null;
    // Of the past nothing runs, wherever in it the cursor stands.
    view.phase = view.stoppedAt === null && view.past === null ? "running" : "stopped";
    if (view.phase === "running") view.values = [];
    for (const stage of state.data.stages) view.stages.set(stage.stage, stage);
    publish(view, state.data.stages);
  };

  const onStart = (session: vscode.DebugSession): void => {
    const path: unknown = session.configuration["pipeline"];
    if (session.type !== DEBUG_TYPE || typeof path !== "string") return;
    if (session.parentSession === undefined) latest = session.id;
    const view = viewFor(session, vscode.Uri.file(path));
    if (view !== undefined) publish(view, []);
  };

  const onEnd = (session: vscode.DebugSession): void => {
    seen.delete(session.id);
    for (const view of views.values()) {
      if (view.session !== session.id) continue;
      view.phase = "finished";
      view.values = [];
      view.stoppedAt = null;
      view.past = null;
      // An adapter that died could not say that its stages ended.
      const cut = [...view.stages.values()].filter(({ status }) => status === "running");
      const ended = cut.map(
        (stage): StageRunState => ({ ...stage, status: "cancelled", note: "The session ended." }),
      );
      for (const stage of ended) view.stages.set(stage.stage, stage);
      publish(view, ended);
    }
  };

  const forget = (uri: vscode.Uri): void => {
    if (views.get(uri.toString())?.phase !== "finished") return;
    views.delete(uri.toString());
    changed.fire({ uri, change: NO_RUN });
  };

  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.debug.onDidStartDebugSession(onStart),
    vscode.debug.onDidReceiveDebugSessionCustomEvent(onEvent),
    vscode.debug.onDidTerminateDebugSession(onEnd),
    texts.onDidChange(({ document, before, after }) => {
      if (views.has(document.uri.toString()) && !sameLogic(before, after)) forget(document.uri);
    }),
  );

  return {
    of(uri) {
      const view = views.get(uri.toString());
      if (view === undefined) return NO_RUN;
      return {
        session: view.session,
        phase: view.phase,
        stages: [...view.stages.values()],
        stoppedAt: view.stoppedAt,
        past: view.past,
        values: view.values,
        origin: view.origin,
      };
    },
    showValues(session, uri, values) {
      for (const view of views.values()) {
        if (view.session !== session || view.phase !== "stopped") continue;
        const shown = view.uri.toString() === uri.toString() ? values : [];
        if (shown.length === 0 && view.values.length === 0) continue;
        view.values = shown;
        const { phase, stoppedAt, past, origin } = view;
        changed.fire({
          uri: view.uri,
          change: { session, phase, stages: [], stoppedAt, past, values: shown, origin },
        });
      }
    },
    latest: () => latest,
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };
}
