// What a run needs from outside, on Node: clock, random numbers, HTTP, secrets, models, files of the workspace, journal
// files, the project that a pipeline is part of, and the processes that its own components run in. Nothing here may know
// what a pipeline means, change a setting of the whole process, or reach a file outside the workspace on a path that a
// pipeline gave.
export type { EntryHead } from "./cache/cache-entry.ts";
export { type ClearedCache, clearCache, keptFor } from "./cache/workspace-cache.ts";
export { CassetteError } from "./cassettes/cassette-file.ts";
export { cassetteHiding } from "./cassettes/cassette-hiding.ts";
export { type Cassette, openCassette } from "./cassettes/open-cassette.ts";
export { closeAll } from "./close-all.ts";
export { componentTypes } from "./component-host/component-types.ts";
export { componentFolders } from "./component-host/find-component-files.ts";
export { type LoadOptions, loadComponents } from "./component-host/load-components.ts";
export { type OpenExecutors, openExecutors } from "./component-host/open-executors.ts";
export { type ComponentModule, noComponents, type OwnComponents } from "./component-host/own-components.ts";
export { createNodePorts, type NodePorts, type NodePortsConfig } from "./create-node-ports.ts";
export { docsUrl } from "./docs-url.ts";
export { openJournalFile } from "./journal-file.ts";
export { JournalFileError, type LineFile } from "./line-file.ts";
export { manifestJsonSchema } from "./manifest-schema.ts";
export { nodeClock } from "./node-clock.ts";
export {
  namesOwnComponents,
  type OpenedFor,
  type OpenedProject,
  type OpenProjects,
  openProject,
  openProjects,
  pipelineFiles,
  pipelineFolders,
  withBuiltIn,
} from "./open-project.ts";
export { openStageCache, type StageCache } from "./open-stage-cache.ts";
export { openPins, type Pins } from "./pins/open-pins.ts";
export { type Pin, PinsError } from "./pins/pin-file.ts";
export type { PendingQuestion, PendingQuestions, QuestionChange } from "./questions/pending-questions.ts";
export { createRunQuestions, type RunQuestions } from "./questions/run-questions.ts";
export { userName } from "./questions/user-name.ts";
export { type WaitingRun, waitingRuns } from "./questions/waiting-runs.ts";
export { type ExportTarget, exportRun } from "./runs/export-run.ts";
export { type FoundRun, findRun } from "./runs/find-run.ts";
export { type FamilyRun, forkFamily, forksOf, withFork } from "./runs/fork-family.ts";
export { type ImportedFile, importRunFile } from "./runs/import-run-file.ts";
export { type InspectedRun, inspectRun, listRuns, type RecordedStatus } from "./runs/inspect-run.ts";
export { type OpenedRun, openRunForAppend, type ReopenedRun, whoWrites } from "./runs/open-run.ts";
export { type PrunedRun, type Pruning, pruneRuns } from "./runs/prune-runs.ts";
export { readRecordFile } from "./runs/read-record-file.ts";
export { type ReadRun, readRunFile } from "./runs/read-run-file.ts";
export { type RecordOptions, recordRun } from "./runs/record-run.ts";
export type { RunRecording } from "./runs/recording.ts";
export { type RunListeners, redactedRun } from "./runs/redacted-run.ts";
export { parseAge, parseSize, type RetentionLimits, retentionOf } from "./runs/retention.ts";
export { newRunId } from "./runs/run-id.ts";
export { openRunStore, type RunStore, runFolder, runIds } from "./runs/run-store.ts";
export { RunStoreError } from "./runs/run-store-error.ts";
export { lockFolder, type RunWriter, writerOf } from "./runs/writer-lock.ts";
export { environmentSecrets } from "./secrets/environment-secrets.ts";
export { type PlanEnvironment, planEnvironment } from "./secrets/plan-environment.ts";
export { readingSecrets } from "./secrets/reading-secrets.ts";
export { openSecretStore, type SecretLook, type SecretStore } from "./secrets/secret-store.ts";
export { openTelemetry, type Telemetry, type TelemetryParts } from "./telemetry/open-telemetry.ts";
export {
  type OtlpChoice,
  type OtlpTarget,
  otlpTarget,
  TelemetryFault,
  traceContents,
} from "./telemetry/otlp-target.ts";
export { type Manifest, readWorkspace, type Workspace, type WorkspaceResult } from "./workspace.ts";
export { isSkipped, workspaceFiles } from "./workspace-files.ts";
export { writeWhole } from "./write-whole.ts";
