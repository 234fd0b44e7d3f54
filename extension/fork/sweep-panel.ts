import * as vscode from "vscode";
import {
  createChannel,
  type ShownSweep,
  shownSweep,
  sweepCompareRun,
  sweepDefect,
  sweepOpenRun,
  sweepReady,
} from "#protocol";
import { webviewPort } from "../canvas/webview-port.ts";
import type { TwoRuns } from "../comparison/compare-runs.ts";
import type { Edge } from "../edge.ts";
import { SWEEP_VIEW_TYPE } from "../identifiers.ts";
import { type Page, pageHtml } from "../page-html.ts";

/** Where the rows of the table lead to. */
export interface SweepHost {
  readonly edge: Edge;
  readonly dist: vscode.Uri;
  /** Looks at a run; `cwd` is a folder in its workspace, as a path. */
  lookAt(runId: string, cwd: string): Promise<void>;
  compare(runs: TwoRuns): Promise<void>;
}

/** The pages with what came of several values. */
export interface SweepPanels {
  show(sweep: ShownSweep): void;
  /** Fills a panel that is there again after the window was loaded anew, with what its page has kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}

const page: Page = { name: "sweep", title: "Values Tried", opening: "Opening the table…", needs: [] };

export function createSweepPanels({ edge, dist, lookAt, compare }: SweepHost): SweepPanels {
  const fill = (panel: vscode.WebviewPanel, sweep: ShownSweep): void => {
    const { run, cwd } = sweep;
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.iconPath = new vscode.ThemeIcon("beaker");
    const channel = createChannel(webviewPort(panel.webview), edge.report);
    channel.onRequest(sweepReady, () => sweep);
    channel.onEvent(sweepOpenRun, ({ runId }) => void edge.run("opening a fork", () => lookAt(runId, cwd)));
    channel.onEvent(sweepCompareRun, ({ runId }) => {
      void edge.run("comparing a fork with its run", () =>
        compare({ folder: cwd, before: run, after: runId }),
      );
    });
    channel.onEvent(sweepDefect, ({ message }) => edge.log.error(`values tried: ${message}`));
    panel.onDidDispose(() => channel.dispose());
    panel.webview.html = pageHtml(page, panel.webview, dist);
  };
  return {
    show(sweep) {
      const title = `Values of ${sweep.place}`;
      fill(vscode.window.createWebviewPanel(SWEEP_VIEW_TYPE, title, vscode.ViewColumn.Active), sweep);
    },
    restore(panel, state) {
      const kept = shownSweep.safeParse(state);
      // Of another version, or gone before it had loaded: there is nothing to show.
      if (kept.success) fill(panel, kept.data);
      else panel.dispose();
    },
  };
}
