import type { Page } from "playwright-core";
import { inject, test } from "vitest";
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
import { keepEvidence } from "./evidence.ts";
import { withScreen } from "./on-screen.ts";
import { leavePlace, openPlace } from "./shared-window.ts";
import { openWindow, type Server, type Window } from "./window.ts";
import type { WorkspaceContent, WorkspaceFolder } from "./workspace-folder.ts";

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
  /**
   * Where it is: in a folder of its own in a window that scenarios share (the default), which takes half the time; in a
   * window of its own, for what is of a whole workspace or of a window that has just been opened; or in one of a server
   * of its own.
   */
  readonly window?: "shared" | "own" | (() => Server);
}

/**
 * Declares an end-to-end test: real VS Code on a fresh folder. When it fails, a screenshot, the console and the logs
 * are kept in `test-results/e2e/`, and the message tells what was on the screen.
 */
export function scenario(
  title: string,
  body: (world: World) => Promise<void>,
  { workspace = "samples", window = "shared" }: ScenarioOptions = {},
): void {
  test(title, async () => {
    const stage = inject("stage");
    if (window === "shared") {
      const place = await openPlace(stage, workspace);
      await play(title, body, place.window, place.folder, place.name);
      await leavePlace(place);
      return;
    }
    const own = await openWindow(window === "own" ? stage : window(), workspace);
    await play(title, body, own, own.folder, "");
    await own.close();
  });
}

/** Plays a scenario; a window in which one has failed is closed. */
async function play(
  title: string,
  body: (world: World) => Promise<void>,
  window: Window,
  folder: WorkspaceFolder,
  place: string,
): Promise<void> {
  const { page, consoleLines, server } = window;
  const workbench = createWorkbench(page, place);
  try {
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
    const failure = await withScreen(error, page);
    await window.close();
    throw failure;
  }
}
