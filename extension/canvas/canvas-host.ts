import * as path from "node:path";
import * as vscode from "vscode";
import { editPipeline } from "#core/pipeline";
import { type CanvasState } from "#protocol";
import type { BreakpointAnswers } from "../debug/breakpoint-answers.ts";
import { startPipeline } from "../debug/launch-configuration.ts";
import type { RunControl } from "../debug/run-control.ts";
import type { RunViews } from "../debug/run-views.ts";
import type { StageBreakpoints } from "../debug/stage-breakpoints.ts";
import type { Edge } from "../edge.ts";
import type { FieldLanguage } from "../field-language.ts";
import { STAGE_SELECTED_CONTEXT } from "../identifiers.ts";
import type { InheritanceSource, Inheritances } from "../inheritance/inheritances.ts";
import type { InheritedStages } from "../inheritance/inherited-stages.ts";
import { renameStage } from "../inheritance/rename-stage.ts";
import { showOnCanvas } from "../open-as.ts";
import type { OwnComponents } from "../own-components.ts";
import type { KeptPins } from "../pins/kept-pins.ts";
import type { Subpipelines } from "../subpipeline/subpipelines.ts";
import type { Trails } from "../subpipeline/trails.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import type { EditQueue } from "./apply-edit.ts";
import { canvasBreakpoints } from "./canvas-breakpoints.ts";
import { type CanvasHost } from "./canvas-panel.ts";
import type { Canvases } from "./canvases.ts";
import { stageProblems } from "./stage-problems.ts";
import type { TextCursors } from "./text-cursors.ts";
import { goToPosition, reopenAsText, revealStageInText } from "./text-jumps.ts";

/** What a canvas is connected to. */
export interface CanvasSurroundings {
  readonly edge: Edge;
  readonly texts: PipelineTexts;
  readonly canvases: Canvases;
  readonly breakpoints: StageBreakpoints;
  readonly answers: BreakpointAnswers;
  readonly runs: RunViews;
  readonly pins: KeptPins;
  readonly runControl: RunControl;
  readonly cursors: TextCursors;
  readonly components: OwnComponents;
  readonly inheritances: Inheritances;
  readonly inherited: InheritedStages;
  readonly trails: Trails;
  readonly language: FieldLanguage & InheritanceSource;
  readonly edit: EditQueue;
  readonly subpipelines: Subpipelines;
  /** The only folder that webviews may load from. */
  readonly dist: vscode.Uri;
}

/** Answers what canvases ask. */
export function createCanvasHost({
  edge,
  texts,
  canvases,
  breakpoints,
  answers,
  runs,
  pins,
  runControl,
  components,
  inheritances,
  inherited,
  trails,
  language,
  edit,
  subpipelines,
}: CanvasSurroundings): CanvasHost {
  const showStage = async (uri: vscode.Uri, stage: string): Promise<void> => {
    await showOnCanvas(uri);
    for (const opened of canvases.of(uri)) if (opened.webviewPanel.active) opened.reveal(stage);
  };
  return {
    state(panel): CanvasState {
      const { document, readOnly } = panel;
      const pipeline = texts.read(document);
      return {
        version: document.version,
        text: pipeline.text,
        readOnly,
        fileName: path.posix.basename(document.uri.path),
        runBlocked: runBlocked(document),
        breakpoints: canvasBreakpoints(inherited.breakpointsOf(document), answers),
        problems: stageProblems(document, pipeline),
        pins: pins.of(document.uri),
        run: runs.of(document.uri),
        inheritance: inheritances.of(document.uri),
        trail: trails.of(document.uri),
        components: components.of(document.uri),
        reveal: panel.takeFirstReveal(),
      };
    },
    edit: async ({ document }, gesture) =>
      gesture.kind === "rename-stage-id"
        ? await renameStage({ texts, edit, inherited, language }, document, gesture)
        : await edit(document, (current) => editPipeline(current, gesture, inherited.parentOf(document))),
    async revealInText({ document }, stage) {
      const home =
        inherited.standingOf(document, stage) === "inherited"
          ? await inherited.originOf(document, stage)
          : document;
      await revealStageInText(texts, home, stage);
    },
    goToPosition: async ({ document }, line0, character) =>
      await goToPosition(document, new vscode.Position(line0, character)),
    openAsText: async ({ document, selection }) => await reopenAsText(texts, document, selection[0]),
    async showResolved({ document }) {
      await vscode.commands.executeCommand("flowmason.showResolvedPipeline", document.uri);
    },
    async extractSubpipeline(panel, stages) {
      await edge.run("extracting stages", () => subpipelines.extract(panel, stages));
    },
    async inlineSubpipeline(panel, stage) {
      await edge.run("inlining a pipeline", () => subpipelines.inline(panel, stage));
    },
    async openCalledPipeline(panel, stage) {
      await edge.run("opening the called pipeline", () => subpipelines.openCalled(panel, stage));
    },
    async openOrigin({ document }, stage) {
      await edge.run("opening the origin of a stage", async () => {
        const { uri } = await inherited.originOf(document, stage);
        trails.follow(document.uri, stage, uri);
        await showStage(uri, stage);
      });
    },
    async goBack({ document }, step) {
      await edge.run("going back to a canvas", async () => {
        const to = trails.of(document.uri)[step];
        if (to !== undefined) await showStage(vscode.Uri.parse(to.uri), to.stage);
      });
    },
    async toggleBreakpoint({ document }, stage) {
      await edge.run("setting a breakpoint", async () =>
        breakpoints.toggle(await inherited.homeOf(document, stage), stage),
      );
    },
    async controlRun({ document }, stage, control) {
      await edge.run("controlling the run", () => runControl.onStage(control, { document, stage }));
    },
    async start({ document }, mode) {
      await edge.run("starting the pipeline", () => startPipeline(document.uri, mode));
    },
    selectionChanged: () => showSelection(canvases),
    completeField: ({ document }, cursor) => language.completeField(document.uri, cursor),
    hoverField: ({ document }, cursor) => language.hoverField(document.uri, cursor),
  };
}

/** Tells VS Code whether one stage is selected, which its menus and keys go by. */
export function showSelection(canvases: Canvases): void {
  const selected = canvases.active()?.selection.length === 1;
  void vscode.commands.executeCommand("setContext", STAGE_SELECTED_CONTEXT, selected);
}

/** Why a pipeline cannot be run now, for people; null where it can. */
export function runBlocked(document: vscode.TextDocument): string | null {
  if (!vscode.workspace.isTrusted) return "This workspace is not trusted: trust it to run pipelines.";
  if (document.uri.scheme !== "file") return "Only a file on disk can be run.";
  return null;
}
