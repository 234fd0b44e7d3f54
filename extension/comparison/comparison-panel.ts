import * as vscode from "vscode";
import {
  comparisonKeep,
  comparisonOpenText,
  comparisonOpenTextDiff,
  comparisonView,
  createChannel,
  type DiffAnswer,
  type KeptComparison,
  type ShownComparison,
} from "#protocol";
import { webviewPort } from "../canvas/webview-port.ts";
import { type Edge, isRefusal } from "../edge.ts";
import { COMPARISON_VIEW_TYPE } from "../identifiers.ts";
import type { OwnComponents } from "../own-components.ts";
import { type Page, pageHtml } from "../page-html.ts";
import { type ComparedSource, readSource } from "./compared-source.ts";
import { followSources } from "./follow-sources.ts";
import { showTextDiff, showTextOf } from "./show-text.ts";
import type { SnapshotDocuments } from "./snapshot-documents.ts";

/** Says what is different between two pipelines' texts. */
export type CompareTexts = (before: string, after: string) => Promise<DiffAnswer>;

/** The two pipelines of a comparison. */
export interface ComparedSources {
  readonly before: ComparedSource;
  readonly after: ComparedSource;
}

/** An open comparison. */
export interface ComparisonPanel {
  readonly panel: vscode.WebviewPanel;
  step(to: "next" | "previous"): void;
}

/** Shows a comparison that is made already, in the place of one that follows its texts. */
export type ComparisonMade = () => Promise<ShownComparison>;

export interface ComparisonHost {
  readonly edge: Edge;
  readonly dist: vscode.Uri;
  readonly compare: CompareTexts;
  readonly components: OwnComponents;
  readonly snapshots: SnapshotDocuments;
}

const page: Page = { name: "comparison", title: "Comparison", opening: "Comparing…", needs: [] };

/** What stands for a file that is not there. */
const NOTHING = "{}";

/** A new panel for a comparison. */
export function createComparisonPanel({ before, after }: ComparedSources): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    COMPARISON_VIEW_TYPE,
    `${before.name} ↔ ${after.name}`,
    { viewColumn: vscode.ViewColumn.Active },
    { retainContextWhenHidden: true },
  );
}

/** What a comparison is of, and as what it is kept for when the window is loaded anew. */
export interface Compared {
  readonly sources: ComparedSources;
  readonly kept: KeptComparison;
  readonly made?: ComparisonMade;
}

/**
 * Shows a comparison in a panel, a new one or one that is there again after the window was loaded anew. It follows the two
 * texts as long as it is open.
 */
export function showComparison(
  panel: vscode.WebviewPanel,
  { sources, kept, made }: Compared,
  { edge, dist, compare, components, snapshots }: ComparisonHost,
): ComparisonPanel {
  const { before, after } = sources;
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.iconPath = new vscode.ThemeIcon("git-compare");
  const { webview } = panel;
  const channel = createChannel(webviewPort(webview), edge.report);

  const shown = async (): Promise<ShownComparison> => {
    if (made !== undefined) return await made();
    try {
      const [old, now] = await Promise.all([readSource(before), readSource(after)]);
      return {
        kind: "compared",
        before: { name: before.name, text: old },
        after: { name: after.name, text: now },
        answer: await compare(old ?? NOTHING, now ?? NOTHING),
        components: after.kind === "document" ? components.of(after.uri) : [],
        runs: null,
      };
    } catch (error) {
      // What Git refuses is for the view to say, which stands there in its place.
      if (isRefusal(error)) return { kind: "refused", message: error.message };
      throw error;
    }
  };

  channel.onRequest(comparisonView.ready, () => {
    channel.emit(comparisonKeep, kept);
    return shown();
  });
  channel.onEvent(comparisonOpenText, ({ side, place }) => {
    void edge.run("showing the text of a pipeline", () => showTextOf(sources[side], place, panel, snapshots));
  });
  channel.onEvent(comparisonOpenTextDiff, () => {
    void edge.run("comparing two texts", () => showTextDiff(sources, snapshots));
  });
  channel.onEvent(comparisonView.defect, ({ message }) => edge.log.error(`comparison: ${message}`));
  const following = followSources(sources, edge, async () =>
    channel.emit(comparisonView.shown, await shown()),
  );
  panel.onDidDispose(() => {
    following.dispose();
    channel.dispose();
  });
  webview.html = pageHtml(page, webview, dist);
  return { panel, step: (to) => channel.emit(comparisonView.step, { to }) };
}
