import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind } from "vscode-languageclient/node";
import {
  calledPipelineRequest,
  compareRunsRequest,
  componentsLoaded,
  diffRequest,
  fieldCompletionsRequest,
  fieldHoverRequest,
  forkFamilyRequest,
  forkOutcomesRequest,
  heirsRequest,
  importRunRequest,
  inheritanceChanged,
  inheritanceRequest,
  keptPinsRequest,
  mergeRequest,
  type ResolveAnswer,
  runPipelineRequest,
  runsRequest,
  unpinKeptRequest,
  workspaceTrusted,
} from "#protocol";
import type { CompareRecorded } from "./comparison/compare-runs.ts";
import type { CompareTexts } from "./comparison/comparison-panel.ts";
import type { RecordedPipeline } from "./comparison/run-snapshot.ts";
import type { ListRuns } from "./debug/debug-recorded-run.ts";
import type { ImportRun } from "./debug/import-run.ts";
import type { Edge } from "./edge.ts";
import type { FieldLanguage } from "./field-language.ts";
import type { ReadFamily } from "./fork/run-family.ts";
import type { ReadOutcomes } from "./fork/sweep.ts";
import { CHECKS_SECTION, LANGUAGE_ID } from "./identifiers.ts";
import type { InheritanceSource, Inheritances } from "./inheritance/inheritances.ts";
import type { MergeAsker } from "./merge/merge-panel.ts";
import type { OwnComponents } from "./own-components.ts";
import type { PinSource } from "./pins/kept-pins.ts";
import { createResolvedDocuments } from "./resolved/resolved-documents.ts";
import type { CalledPipelines } from "./subpipeline/called-pipelines.ts";

/** The language server as the extension sees it. */
export interface RunningLanguageServer extends FieldLanguage, CalledPipelines, InheritanceSource, PinSource {
  restart(): Promise<void>;
  /** Shows what a pipeline is with all that it inherits. */
  showResolved(pipeline: vscode.Uri): Promise<void>;
  /** What a pipeline is with all that it inherits, as it is now, saved or not. */
  resolvePipeline(pipeline: vscode.Uri): Promise<ResolveAnswer>;
  /** The newest recorded runs of the workspace that a folder is in. */
  readonly listRuns: ListRuns;
  readonly importRun: ImportRun;
  readonly compare: CompareTexts;
  readonly merge: MergeAsker["merge"];
  readonly recordedPipeline: RecordedPipeline;
  readonly compareRecorded: CompareRecorded;
  readonly readFamily: ReadFamily;
  readonly readOutcomes: ReadOutcomes;
  stop(): Promise<void>;
}

const RESTARTS = 4;
const WITHIN_MS = 180_000;

/** Starts the language server in its own process; resolves when it answers. */
export async function startLanguageServer(
  edge: Edge,
  extensionUri: vscode.Uri,
  components: OwnComponents,
  inheritances: Inheritances,
): Promise<RunningLanguageServer> {
  const module = vscode.Uri.joinPath(extensionUri, "dist", "node", "language-server.mjs").fsPath;
  const ends: number[] = [];
  const client = new LanguageClient(
    LANGUAGE_ID,
    "FlowMason Language Server",
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [{ language: LANGUAGE_ID }],
      // Asked anew with each start.
      initializationOptions: () => ({
        workspaceTrusted: vscode.workspace.isTrusted,
        showsComponents: true,
      }),
      synchronize: { configurationSection: CHECKS_SECTION },
      errorHandler: {
        error: (error, _message, count) => {
          edge.report(error, "talking to the language server");
          return { action: (count ?? 0) <= RESTARTS ? ErrorAction.Continue : ErrorAction.Shutdown };
        },
        closed: () => {
          ends.push(Date.now());
          const recent = ends.filter((at) => at > Date.now() - WITHIN_MS);
          if (recent.length <= RESTARTS) return { action: CloseAction.Restart };
          return {
            action: CloseAction.DoNotRestart,
            message: `The FlowMason language server has ended ${recent.length} times in ${WITHIN_MS / 60_000} minutes and stays off. Use "FlowMason: Restart Language Server" to try again.`,
          };
        },
      },
    },
  );
  client.onNotification(componentsLoaded.name, (params: unknown) => {
    const told = componentsLoaded.params.parse(params);
    components.take(vscode.Uri.parse(told.root), told.components);
  });
  client.onNotification(inheritanceChanged.name, (params: unknown) => {
    const told = inheritanceChanged.params.parse(params);
    inheritances.take(client.protocol2CodeConverter.asUri(told.uri), told.inheritance);
  });
  const inheritanceOf: InheritanceSource["inheritanceOf"] = async (pipeline) => {
    const params = { uri: client.code2ProtocolConverter.asUri(pipeline) };
    return inheritanceRequest.result.parse(await client.sendRequest(inheritanceRequest.name, params));
  };
  const resolved = createResolvedDocuments(edge, client);
  await client.start();
  // One that was started anew has told nothing yet.
  const restarting = client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) return;
    for (const uri of inheritances.followed())
      void edge.run("asking what a pipeline inherits", async () => {
        inheritances.take(uri, await inheritanceOf(uri));
      });
  });
  const trusting = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    void edge.run("telling the language server of the workspace's trust", () =>
      client.sendNotification(workspaceTrusted.name),
    );
  });
  return {
    async restart() {
      ends.length = 0;
      await client.restart();
    },
    showResolved: (pipeline) => resolved.show(pipeline),
    resolvePipeline: (pipeline) => resolved.resolve(pipeline),
    async completeField(pipeline, cursor) {
      const params = { uri: pipeline.toString(), cursor };
      return fieldCompletionsRequest.result.parse(
        await client.sendRequest(fieldCompletionsRequest.name, params),
      );
    },
    async hoverField(pipeline, cursor) {
      const params = { uri: pipeline.toString(), cursor };
      return fieldHoverRequest.result.parse(await client.sendRequest(fieldHoverRequest.name, params));
    },
    async findCalled(pipeline, stage) {
      const params = { uri: pipeline.toString(), stage };
      return calledPipelineRequest.result.parse(await client.sendRequest(calledPipelineRequest.name, params));
    },
    inheritanceOf,
    async heirsOf(pipeline) {
      const params = { uri: client.code2ProtocolConverter.asUri(pipeline) };
      const { uris } = heirsRequest.result.parse(await client.sendRequest(heirsRequest.name, params));
      return uris.map((uri) => client.protocol2CodeConverter.asUri(uri));
    },
    async listRuns(folder, limit) {
      const params = { folder: folder.toString(), limit };
      return runsRequest.result.parse(await client.sendRequest(runsRequest.name, params));
    },
    async importRun(folder, file) {
      const params = { folder: folder.toString(), file: file.fsPath };
      return importRunRequest.result.parse(await client.sendRequest(importRunRequest.name, params));
    },
    async keptPins(pipeline) {
      const params = { uri: pipeline.toString() };
      return keptPinsRequest.result.parse(await client.sendRequest(keptPinsRequest.name, params)).pins;
    },
    async unpinKept(pipeline, stage) {
      const params = { uri: pipeline.toString(), stage };
      await client.sendRequest(unpinKeptRequest.name, params);
    },
    async compare(before, after) {
      const params = { before: { kind: "text", text: before }, after: { kind: "text", text: after } };
      return diffRequest.result.parse(await client.sendRequest(diffRequest.name, params));
    },
    async merge(texts) {
      return mergeRequest.result.parse(await client.sendRequest(mergeRequest.name, texts));
    },
    async recordedPipeline(folder, runId) {
      const params = { folder: folder.toString(), runId };
      return runPipelineRequest.result.parse(await client.sendRequest(runPipelineRequest.name, params));
    },
    async readOutcomes(folder, runs, stage) {
      const params = { folder: folder.toString(), runs, stage };
      const answer = await client.sendRequest(forkOutcomesRequest.name, params);
      return forkOutcomesRequest.result.parse(answer).outcomes;
    },
    async readFamily(folder, runId) {
      const params = { folder: folder.toString(), runId };
      return forkFamilyRequest.result.parse(await client.sendRequest(forkFamilyRequest.name, params)).rows;
    },
    async compareRecorded(folder, before, after) {
      const params = { folder: folder.toString(), before, after };
      return compareRunsRequest.result.parse(await client.sendRequest(compareRunsRequest.name, params));
    },
    async stop() {
      restarting.dispose();
      trusting.dispose();
      resolved.dispose();
      await client.stop();
    },
  };
}
