import * as vscode from "vscode";
import { activePipeline } from "./active-pipeline.ts";
import { createActedOn } from "./canvas/acted-on.ts";
import { createEditQueue } from "./canvas/apply-edit.ts";
import { createCanvasEditor } from "./canvas/canvas-editor.ts";
import { createCanvases } from "./canvas/canvases.ts";
import { followTextCursors } from "./canvas/text-cursors.ts";
import { reopenAsText, revealStageInText } from "./canvas/text-jumps.ts";
import { createComparisons } from "./comparison/comparisons.ts";
import { createSnapshotDocuments } from "./comparison/snapshot-documents.ts";
import { createAskInput } from "./debug/ask-input.ts";
import { createBreakpointAnswers } from "./debug/breakpoint-answers.ts";
import { debugRecordedRun } from "./debug/debug-recorded-run.ts";
import { createDebuggedSessions } from "./debug/debugged-sessions.ts";
import { offerEvaluatablePaths } from "./debug/evaluatable-paths.ts";
import { importRun } from "./debug/import-run.ts";
import { offerInlineValues } from "./debug/inline-values.ts";
import { configurationFor, startPipeline, withPipeline } from "./debug/launch-configuration.ts";
import { createMomentBreakpoints } from "./debug/moment-breakpoints.ts";
import { createQuestions } from "./debug/questions.ts";
import { resolveLaunch } from "./debug/resolve-launch.ts";
import { createRunControl } from "./debug/run-control.ts";
import { createRunViews } from "./debug/run-views.ts";
import { createSessionRuns } from "./debug/session-runs.ts";
import { followStackFrame } from "./debug/stack-focus.ts";
import { createStageBreakpoints } from "./debug/stage-breakpoints.ts";
import { createStageMemory } from "./debug/stage-memory.ts";
import { createValueTraces } from "./debug/value-traces.ts";
import { followWireValues } from "./debug/wire-values.ts";
import type { Edge } from "./edge.ts";
import { exportGraph } from "./export/export-graph.ts";
import { createForks } from "./fork/forks.ts";
import { offerComparison } from "./fork/offer-comparison.ts";
import { offerContinue } from "./fork/offer-continue.ts";
import { createRunFamilies } from "./fork/run-family.ts";
import { createSweepPanels } from "./fork/sweep-panel.ts";
import { refreshGitMerge, setUpGitMerge } from "./git/set-up-git-merge.ts";
import { createInheritedStages } from "./inheritance/inherited-stages.ts";
import { offerMissingKeys } from "./keys/missing-keys.ts";
import { createMergeMemory } from "./merge/merge-memory.ts";
import { createMerges } from "./merge/merges.ts";
import { offerMerges } from "./merge/offer-merge.ts";
import { serveModels } from "./models/serve-models.ts";
import { createKeptPins } from "./pins/kept-pins.ts";
import { showPipelineStatus } from "./status-bar/pipeline-status.ts";
import { createSubpipelines } from "./subpipeline/subpipelines.ts";
import { createTrails } from "./subpipeline/trails.ts";
import { createPipelineTexts } from "./texts/pipeline-texts.ts";
import { openTimelineView } from "./timeline/timeline-view.ts";
import { createTimelines } from "./timeline/timelines.ts";
import { createValueViewers } from "./viewer/value-viewers.ts";
import type { Workbench, WorkbenchContext, WorkbenchSources } from "./workbench-surface.ts";

/** Everything that the extension does once a pipeline is met, until it is disposed of. */
export function createWorkbench(
  edge: Edge,
  context: WorkbenchContext,
  {
    components,
    inheritances,
    keys,
    language,
    compare,
    merge,
    recordedPipeline,
    compareRecorded,
    readFamily,
    readOutcomes,
    listRuns,
  }: WorkbenchSources,
): Workbench {
  const texts = createPipelineTexts();
  const canvases = createCanvases();
  const breakpoints = createStageBreakpoints(edge, texts, createStageMemory(context.workspaceState));
  const moments = createMomentBreakpoints(edge, texts);
  const trails = createTrails(context.workspaceState);
  const inherited = createInheritedStages(texts, inheritances, breakpoints);
  const answers = createBreakpointAnswers();
  const runs = createRunViews(edge, texts);
  const pins = createKeptPins(edge, language);
  const sessions = createDebuggedSessions(runs);
  const snapshots = createSnapshotDocuments();
  const sessionRuns = createSessionRuns();
  const families = createRunFamilies(readFamily, sessionRuns);
  const dist = vscode.Uri.joinPath(context.extensionUri, "dist");
  const sweeps = createSweepPanels({
    edge,
    dist,
    lookAt: families.lookAt,
    compare: (two) => comparisons.compareRuns(listRuns, { runs: two }),
  });
  const tools = { sessionRuns, readOutcomes, panels: sweeps };
  const forks = createForks({ edge, runs, sessions, recordedPipeline, tools });
  const runControl = createRunControl({
    edge,
    runs,
    sessions,
    pins,
    source: language,
    homeOf: inherited.homeOf,
    startFrom: forks.startFromStage,
  });
  const cursors = followTextCursors(texts, canvases);
  const edit = createEditQueue(texts);
  const subpipelines = createSubpipelines({ edge, texts, edit, called: language, inherited, trails });
  const editor = createCanvasEditor({
    edge,
    texts,
    canvases,
    breakpoints,
    answers,
    runs,
    pins,
    runControl,
    cursors,
    components,
    inheritances,
    inherited,
    trails,
    language,
    edit,
    subpipelines,
    dist,
  });
  const askInput = createAskInput();
  const questions = createQuestions(edge);
  const timelines = createTimelines(edge, readFamily, sessionRuns);
  const comparisons = createComparisons({
    edge,
    dist,
    compare,
    components,
    snapshots,
    compareRecorded,
    sessionRuns,
  });
  const merges = createMerges({
    edge,
    dist,
    ask: { merge, compare },
    components,
    snapshots,
    memory: createMergeMemory(context.workspaceState),
  });
  const subscriptions = vscode.Disposable.from(
    texts,
    breakpoints,
    moments,
    answers,
    runs,
    sessions,
    pins,
    trails,
    editor,
    cursors,
    questions,
    timelines,
    snapshots,
    offerMerges(merges, edge),
    offerContinue(texts, runs, {
      isSaving: forks.isSaving,
      continueEdited: () => void edge.run("continuing an edited run", forks.continueEdited),
    }),
    offerMissingKeys(edge, keys),
    serveModels(edge),
    sessionRuns,
    offerComparison(
      sessionRuns,
      (two) =>
        void edge.run("comparing a fork with its run", () =>
          comparisons.compareRuns(listRuns, { runs: two }),
        ),
    ),
    followStackFrame(edge, texts, canvases),
    followWireValues(edge, runs),
    offerEvaluatablePaths(texts),
    offerInlineValues(texts),
    showPipelineStatus(texts, runs, inherited, inheritances.onDidChange),
  );

  void edge.run("finding the launcher that Git starts", () => refreshGitMerge(context));

  const { activeCanvas, callingStage, selectedStage } = createActedOn(canvases, cursors);

  return {
    openCanvas: (document, panel) => editor.open(document, panel),
    completeConfiguration: withPipeline,
    async resolveLaunch(folder, configuration) {
      const resolved = await resolveLaunch(folder, configuration, askInput);
      if (resolved !== undefined) await breakpoints.settle(vscode.Uri.file(String(resolved["pipeline"])));
      return resolved;
    },
    configurationFor,
    start: startPipeline,
    openTimeline: (view, list) =>
      openTimelineView(view, {
        edge,
        timelines,
        dist,
        lookAt: async (runId, cwd) => {
          await edge.run("opening a run of the tree of forks", () => families.lookAt(runId, cwd));
        },
        openRecord: async () => {
          await edge.run("opening a recorded run", () => debugRecordedRun(list, activePipeline()));
        },
      }),
    debugRecordedRun: (list) => debugRecordedRun(list, activePipeline()),
    importRun: (importFile, file) => importRun(importFile, edge.log, file),
    async toggleMoment(moment) {
      const { document, stage } = selectedStage();
      moments.toggle(await inherited.homeOf(document, stage), stage, moment);
    },
    async toggleBreakpoint() {
      const { document, stage } = selectedStage();
      breakpoints.toggle(await inherited.homeOf(document, stage), stage);
    },
    runControl,
    forks,
    valueTraces: createValueTraces(sessions, canvases),
    valueViewers: createValueViewers(edge, sessions, { dist, documents: snapshots }),
    families,
    controlSelected: (control) => runControl.onStage(control, selectedStage()),
    async showStageInText() {
      const { document, stage } = selectedStage();
      const isInherited = inherited.standingOf(document, stage) === "inherited";
      await revealStageInText(
        texts,
        isInherited ? await inherited.originOf(document, stage) : document,
        stage,
      );
    },
    async openAsText() {
      const { document, selection } = activeCanvas();
      await reopenAsText(texts, document, selection[0]);
    },
    comparisons,
    merges,
    sweeps,
    step: (to) => (merges.isInFront() ? merges.step(to) : comparisons.step(to)),
    answerQuestion: () => questions.answerOne(),
    performOnCanvas: (action) => activeCanvas().perform(action),
    exportGraph: (pipeline, resolvePipeline) => exportGraph(pipeline, canvases, resolvePipeline),
    setUpGitMerge: () => setUpGitMerge(context),
    async extractSubpipeline() {
      const panel = activeCanvas();
      await subpipelines.extract(panel, panel.selection);
    },
    async inlineSubpipeline() {
      const { panel, stage } = callingStage();
      await subpipelines.inline(panel, stage);
    },
    async openCalledPipeline() {
      const { panel, stage } = callingStage();
      await subpipelines.openCalled(panel, stage);
    },
    dispose: () => subscriptions.dispose(),
  };
}
