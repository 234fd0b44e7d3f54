import * as vscode from "vscode";
import {
  createChannel,
  timelineDefect,
  timelineJump,
  timelineMoments,
  timelineOpenRecord,
  timelineOverview,
  timelineReady,
  timelineShown,
  timelineSwitch,
} from "#protocol";
import { webviewPort } from "../canvas/webview-port.ts";
import type { Edge } from "../edge.ts";
import { type Page, pageHtml } from "../page-html.ts";
import type { Timelines } from "./timelines.ts";

/** Milliseconds within which VS Code has taken the keyboard to an editor, once a run is shown as of another moment. */
const FOCUS_BACK_WITHIN = 2000;

const timelinePage: Page = {
  name: "timeline",
  title: "Timeline",
  opening: "Loading the timeline…",
  needs: [],
};

/** Loads the timeline into its view and connects it; it lives as long as the view. */
export function openTimelineView(
  view: vscode.WebviewView,
  {
    edge,
    timelines,
    dist,
    openRecord,
    lookAt,
  }: {
    readonly edge: Edge;
    readonly timelines: Timelines;
    readonly dist: vscode.Uri;
    /** Lets the user choose a recorded run to look at. */
    readonly openRecord: () => Promise<void>;
    /** Looks at another run, in a workspace. */
    readonly lookAt: (runId: string, cwd: string) => Promise<void>;
  },
): void {
  const { webview } = view;
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  const channel = createChannel(webviewPort(webview), edge.report);

  /** At a stop VS Code gives the keyboard to the editor, and the next arrow key would go there. */
  const keepKeyboard = (): void => {
    const subscription = vscode.debug.onDidChangeActiveStackItem((item) => {
      if (!(item instanceof vscode.DebugStackFrame)) return;
      done();
      view.show(false);
    });
    const timer = setTimeout(() => done(), FOCUS_BACK_WITHIN);
    const done = (): void => {
      clearTimeout(timer);
      subscription.dispose();
    };
  };

  channel.onRequest(timelineReady, () => timelines.shown());
  channel.onRequest(timelineMoments, ({ session, start, count }) => timelines.moments(session, start, count));
  channel.onRequest(timelineOverview, ({ session, parts }) => timelines.overview(session, parts));
  channel.onRequest(timelineJump, async ({ session, moment }) => {
    keepKeyboard();
    return await timelines.jump(session, moment);
  });
  channel.onRequest(timelineOpenRecord, async () => {
    await openRecord();
    return null;
  });
  channel.onRequest(timelineSwitch, async ({ runId }) => {
    const run = timelines.shown()?.state.run ?? null;
    if (run !== null && run.id !== runId) await lookAt(runId, run.cwd);
    return null;
  });
  channel.onEvent(timelineDefect, ({ message }) => edge.log.error(`timeline: ${message}`));
  const changes = timelines.onDidChange((shown) => channel.emit(timelineShown, shown));
  view.onDidDispose(() => {
    changes.dispose();
    channel.dispose();
  });
  webview.html = pageHtml(timelinePage, webview, dist);
}
