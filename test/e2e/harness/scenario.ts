import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, inject, test } from "vitest";
import { type Breakpoints, createBreakpoints } from "../pages/breakpoints.ts";
import { type Canvas, createCanvas } from "../pages/canvas.ts";
import { type Comparison, createComparison } from "../pages/comparison.ts";
import { createDebugView, type DebugView } from "../pages/debug-view.ts";
import { createMergeView, type MergeView } from "../pages/merge.ts";
import { createProblems, type Problems } from "../pages/problems.ts";
import { createSweepPage, type SweepPage } from "../pages/sweep.ts";
import { createTextEditor, type TextEditor } from "../pages/text-editor.ts";
import { createTimelineView, type TimelineView } from "../pages/timeline.ts";
import { createWorkbench, type Workbench } from "../pages/workbench.ts";
import { recordConsole } from "./console-record.ts";
import { keepEvidence } from "./evidence.ts";
import { onScreen } from "./on-screen.ts";
import { createWorkspaceFolder, type WorkspaceContent, type WorkspaceFolder } from "./workspace-folder.ts";

/** What a scenario gets: a workspace folder, the window that shows it, and its parts. */
export interface World {
  readonly page: Page;
  readonly folder: WorkspaceFolder;
  readonly workbench: Workbench;
  readonly canvas: Canvas;
  readonly textEditor: TextEditor;
  readonly debugView: DebugView;
  readonly breakpoints: Breakpoints;
  readonly problems: Problems;
  readonly timeline: TimelineView;
  readonly merge: MergeView;
  readonly comparison: Comparison;
  readonly sweep: SweepPage;
}

export interface ScenarioOptions {
  /** Defaults to the samples. */
  readonly workspace?: WorkspaceContent;
  /** A server of the scenario's own; else the one that all share. */
  readonly server?: () => { readonly port: number; readonly folder: string };
}

/**
 * Declares an end-to-end test: a fresh window of real VS Code on a fresh workspace folder. When it fails, a
 * screenshot, the console and the logs are kept in `test-results/e2e/`.
 */
export function scenario(
  title: string,
  body: (world: World) => Promise<void>,
  options: ScenarioOptions = {},
): void {
  test(title, async () => {
    const stage = inject("stage");
    const server = options.server?.() ?? stage;
    const folder = createWorkspaceFolder(`${server.folder}/workspaces`, options.workspace ?? "samples");
    const browser = await sharedBrowser(stage.browserEndpoint);
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    // Only what fails waits so long: a slow machine takes its time.
    page.setDefaultTimeout(60_000);
    const consoleLines = recordConsole(page);
    try {
      await page.goto(`http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(folder.path)}`, {
        timeout: 120_000,
      });
      const workbench = createWorkbench(page);
      await workbench.ready();
      await body({
        page,
        folder,
        workbench,
        canvas: createCanvas(page),
        textEditor: createTextEditor(page),
        debugView: createDebugView(page, workbench),
        breakpoints: createBreakpoints(page),
        problems: createProblems(page, workbench),
        timeline: createTimelineView(page, workbench),
        merge: createMergeView(page),
        comparison: createComparison(page),
        sweep: createSweepPage(page),
      });
    } catch (error) {
      await keepEvidence(title, { page, consoleLines, serverFolder: server.folder, workspace: folder.path });
      if (error instanceof Error) error.message += `\n${await onScreen(page)}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

let connected: Promise<Browser> | undefined;

/** The worker's one connection to the browser of the global set-up. */
function sharedBrowser(endpoint: string): Promise<Browser> {
  connected ??= chromium.connect(endpoint);
  return connected;
}

afterAll(async () => {
  const browser = await connected;
  connected = undefined;
  await browser?.close();
});
