import { heirsOf, type PipelineDocument, parsePipeline } from "#core/pipeline";
import {
  type CalledPipelineAnswer,
  calledPipelineRequest,
  compareRunsRequest,
  type DiffAnswer,
  diffRequest,
  type FieldCompletions,
  type FieldHover,
  fieldCompletionsRequest,
  fieldHoverRequest,
  forkFamilyRequest,
  forkOutcomesRequest,
  heirsRequest,
  type ImportedRuns,
  type Inheritance,
  importRunRequest,
  inheritanceRequest,
  keptPinsRequest,
  type MergeAnswer,
  mergeRequest,
  type RunComparisonAnswer,
  type RunPipelineAnswer,
  type RunsAnswer,
  resolveRequest,
  runPipelineRequest,
  runsRequest,
  unpinKeptRequest,
} from "#protocol";
import { calledBy } from "./called-pipelines.ts";
import { recordedComparison } from "./compare-runs/recorded-comparison.ts";
import { answerDiff } from "./diff/answer-diff.ts";
import { completeField, hoverField } from "./field/assist-field.ts";
import { forkOutcomes } from "./fork-outcomes.ts";
import { importedRuns } from "./import-run.ts";
import type { createInheritedParents } from "./inherited-parents.ts";
import { keptPins, unpinKept } from "./kept-pins.ts";
import { answerMerge } from "./merge/answer-merge.ts";
import { recordedPipeline } from "./recorded-pipeline.ts";
import { recordedFamily, recordedRuns } from "./recorded-runs.ts";
import { requireTrust } from "./require-trust.ts";
import type { createResolvedTexts } from "./resolved-texts.ts";
import type { Served } from "./served.ts";
import { validParams } from "./valid-params.ts";

/** What a check of a text gives besides problems, for whoever waits for it. */
export interface AwaitedAnswers {
  readonly resolvedTexts: ReturnType<typeof createResolvedTexts>;
  readonly inheritedParents: ReturnType<typeof createInheritedParents>;
}

/** Answers the requests of our own extension, which no other editor makes. */
export function serveOwnRequests(
  { connection, projects, checks, openAt, projectFor }: Served,
  { resolvedTexts, inheritedParents }: AwaitedAnswers,
): void {
  connection.onRequest(fieldCompletionsRequest.name, (params: unknown): FieldCompletions => {
    const { uri, cursor } = validParams(fieldCompletionsRequest, params);
    const open = openAt(uri);
    return completeField(open.read(), projectFor(uri, open), cursor);
  });

  connection.onRequest(fieldHoverRequest.name, (params: unknown): FieldHover | null => {
    const { uri, cursor } = validParams(fieldHoverRequest, params);
    const open = openAt(uri);
    return hoverField(open.read(), projectFor(uri, open), cursor);
  });

  connection.onRequest(resolveRequest.name, (params: unknown) => {
    const { uri } = validParams(resolveRequest, params);
    openAt(uri);
    checks.soon(uri);
    return resolvedTexts.next(uri);
  });

  connection.onRequest<CalledPipelineAnswer, void>(calledPipelineRequest.name, async (params: unknown) => {
    const { uri, stage } = validParams(calledPipelineRequest, params);
    openAt(uri);
    const { pipelines, path, uriOf } = await projects.neighboursOf(uri);
    // It may have been changed or closed meanwhile.
    const document = openAt(uri).read();
    const project = { definitions: projects.definitionsOf(uri), pipelines };
    return calledBy(document, stage, { project, path, uriOf });
  });

  connection.onRequest(heirsRequest.name, async (params: unknown) => {
    const { uri } = validParams(heirsRequest, params);
    openAt(uri);
    const { pipelines, path, uriOf } = await projects.neighboursNow(uri);
    const heirs = path === null ? [] : heirsOf(pipelines, path);
    return { uris: heirs.map((heir) => uriOf(heir.path)) };
  });

  connection.onRequest<Inheritance, void>(inheritanceRequest.name, (params: unknown) => {
    const { uri } = validParams(inheritanceRequest, params);
    openAt(uri);
    checks.soon(uri);
    return inheritedParents.next(uri);
  });

  connection.onRequest<DiffAnswer, void>(diffRequest.name, (params: unknown) => {
    const { before, after } = validParams(diffRequest, params);
    const read = (side: typeof before): PipelineDocument =>
      side.kind === "text" ? parsePipeline(side.text) : openAt(side.uri).read();
    return answerDiff(read(before), read(after));
  });

  connection.onRequest<MergeAnswer, void>(mergeRequest.name, async (params: unknown) => {
    const { uri, ...texts } = mergeRequest.params.parse(params);
    const { pipelines, path } = await projects.neighboursOf(uri);
    return answerMerge(texts, { project: { definitions: projects.definitionsOf(uri), pipelines }, path });
  });

  connection.onRequest(runsRequest.name, (params: unknown): Promise<RunsAnswer> => {
    const { folder, limit } = validParams(runsRequest, params);
    return recordedRuns(folder, limit);
  });

  connection.onRequest(importRunRequest.name, (params: unknown): Promise<ImportedRuns> => {
    const { folder, file } = validParams(importRunRequest, params);
    requireTrust(projects, "No run can be taken into it.");
    return importedRuns(folder, file);
  });

  connection.onRequest(keptPinsRequest.name, (params: unknown) => {
    const { uri } = validParams(keptPinsRequest, params);
    return keptPins(uri);
  });

  connection.onRequest(unpinKeptRequest.name, (params: unknown) => {
    const { uri, stage } = validParams(unpinKeptRequest, params);
    requireTrust(projects, "Its pins can be looked at, not changed.");
    return unpinKept(uri, stage);
  });

  connection.onRequest(runPipelineRequest.name, (params: unknown): Promise<RunPipelineAnswer> => {
    const { folder, runId } = runPipelineRequest.params.parse(params);
    return recordedPipeline(folder, runId);
  });

  connection.onRequest(forkFamilyRequest.name, async (params: unknown) => {
    const { folder, runId } = validParams(forkFamilyRequest, params);
    return { rows: await recordedFamily(folder, runId) };
  });

  connection.onRequest(forkOutcomesRequest.name, async (params: unknown) => {
    const { folder, runs, stage } = validParams(forkOutcomesRequest, params);
    return { outcomes: await forkOutcomes(folder, runs, stage) };
  });

  connection.onRequest(compareRunsRequest.name, (params: unknown): Promise<RunComparisonAnswer> => {
    const { folder, before, after } = validParams(compareRunsRequest, params);
    return recordedComparison(folder, before, after);
  });
}
