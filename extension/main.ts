import * as vscode from "vscode";
import { isPipeline } from "./active-pipeline.ts";
import { registerCommands } from "./commands.ts";
import type { RecordedPipeline } from "./comparison/run-snapshot.ts";
import type { ListRuns } from "./debug/debug-recorded-run.ts";
import type { ImportRun } from "./debug/import-run.ts";
import { registerDebugger } from "./debug/register-debugger.ts";
import { createEdge } from "./edge.ts";
import type { FieldLanguage } from "./field-language.ts";
import {
  CANVAS_VIEW_TYPE,
  COMPARISON_VIEW_TYPE,
  MERGE_VIEW_TYPE,
  PIPELINE_MET_CONTEXT,
  SWEEP_VIEW_TYPE,
  TIMELINE_VIEW,
  VALUE_VIEW_TYPE,
} from "./identifiers.ts";
import { createInheritances, type InheritanceSource } from "./inheritance/inheritances.ts";
import { createApiKeys } from "./keys/api-keys.ts";
import { once } from "./once.ts";
import { createOwnComponents } from "./own-components.ts";
import type { PinSource } from "./pins/kept-pins.ts";
import type { CalledPipelines } from "./subpipeline/called-pipelines.ts";

/**
 * Registers everything and loads nothing else: canvas, debugging and language client are bundles of their own, loaded
 * when they are needed (scripts/build/bundles.ts), so that activation stays in the milliseconds.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  const log = vscode.window.createOutputChannel("FlowMason", { log: true });
  const edge = createEdge(log);

  const components = createOwnComponents();
  const inheritances = createInheritances();
  const keys = createApiKeys(context.secrets);

  const language: FieldLanguage & CalledPipelines & InheritanceSource & PinSource = {
    completeField: async (pipeline, cursor) => (await languageServer()).completeField(pipeline, cursor),
    hoverField: async (pipeline, cursor) => (await languageServer()).hoverField(pipeline, cursor),
    findCalled: async (pipeline, stage) => (await languageServer()).findCalled(pipeline, stage),
    heirsOf: async (pipeline) => (await languageServer()).heirsOf(pipeline),
    inheritanceOf: async (pipeline) => (await languageServer()).inheritanceOf(pipeline),
    keptPins: async (pipeline) => (await languageServer()).keptPins(pipeline),
    unpinKept: async (pipeline, stage) => (await languageServer()).unpinKept(pipeline, stage),
  };

  const recordedPipeline: RecordedPipeline = async (folder, runId) =>
    (await languageServer()).recordedPipeline(folder, runId);

  const importRun: ImportRun = async (folder, file) => (await languageServer()).importRun(folder, file);
  const listRuns: ListRuns = async (folder, limit) => (await languageServer()).listRuns(folder, limit);

  const workbench = once(async () => {
    const { createWorkbench } = await import("./workbench.ts");
    const created = createWorkbench(edge, context, {
      components,
      inheritances,
      keys,
      language,
      compare: async (before, after) => (await languageServer()).compare(before, after),
      recordedPipeline,
      listRuns,
      readOutcomes: async (...forks) => (await languageServer()).readOutcomes(...forks),
      readFamily: async (folder, runId) => (await languageServer()).readFamily(folder, runId),
      compareRecorded: async (...runs) => (await languageServer()).compareRecorded(...runs),
      merge: async (texts) => (await languageServer()).merge(texts),
    });
    subscriptions.push(created);
    return created;
  });

  const languageServer = once(async () => {
    const { startLanguageServer } = await import("./language-client.ts");
    const server = await startLanguageServer(edge, extensionUri, components, inheritances);
    subscriptions.push({ dispose: () => void edge.run("stopping the language server", () => server.stop()) });
    return server;
  });

  subscriptions.push(
    log,
    components,
    inheritances,
    vscode.window.registerCustomEditorProvider(
      CANVAS_VIEW_TYPE,
      {
        resolveCustomTextEditor: (document, panel) =>
          edge.run("opening the canvas", async () => (await workbench()).openCanvas(document, panel)),
      },
      { supportsMultipleEditorsPerDocument: true },
    ),
    vscode.window.registerWebviewPanelSerializer(COMPARISON_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await edge.run("opening a comparison again", async () =>
          (await workbench()).comparisons.restore(panel, state),
        );
      },
    }),
    vscode.window.registerWebviewPanelSerializer(MERGE_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await edge.run("opening a merge again", async () => (await workbench()).merges.restore(panel, state));
      },
    }),
    vscode.window.registerWebviewPanelSerializer(SWEEP_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await edge.run("opening a table of values again", async () =>
          (await workbench()).sweeps.restore(panel, state),
        );
      },
    }),
    vscode.window.registerWebviewPanelSerializer(VALUE_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        await edge.run("opening a value again", async () =>
          (await workbench()).valueViewers.restore(panel, state),
        );
      },
    }),
    vscode.window.registerWebviewViewProvider(TIMELINE_VIEW, {
      resolveWebviewView: (view) =>
        edge.run("opening the timeline", async () => (await workbench()).openTimeline(view, listRuns)),
    }),
    registerCommands({
      edge,
      extensionUri,
      workbench,
      keys,
      restartLanguageServer: async () => (await languageServer()).restart(),
      showResolved: async (pipeline) => (await languageServer()).showResolved(pipeline),
      resolvePipeline: async (pipeline) => (await languageServer()).resolvePipeline(pipeline),
      listRuns,
      importRun,
      recordedPipeline,
    }),
    registerDebugger(edge, extensionUri, workbench, keys),
    whenPipelineOpens(() => {
      void vscode.commands.executeCommand("setContext", PIPELINE_MET_CONTEXT, true);
      void edge.run("starting the language server", languageServer);
      void edge.run("loading what pipelines need", workbench);
    }),
  );
}

/** Calls `begin` when a pipeline is open, once: what fails to start then is started again by command. */
function whenPipelineOpens(begin: () => void): vscode.Disposable {
  let begun = false;
  const onDocument = (document: vscode.TextDocument): void => {
    if (begun || !isPipeline(document)) return;
    begun = true;
    begin();
  };
  const subscription = vscode.workspace.onDidOpenTextDocument(onDocument);
  for (const document of vscode.workspace.textDocuments) onDocument(document);
  return subscription;
}
