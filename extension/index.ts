// The VS Code side: custom editor, debug wiring, commands; the only room that imports vscode. It shows and edits
// through core/pipeline and never runs a pipeline: runs live in the debug adapter's process, so that none can stop
// the editor. VS Code starts main.ts; what is listed here needs no vscode, and is public for unit tests only.
export {
  inputProblem,
  inputSkeleton,
  type RequiredInput,
  type RunInput,
  runInputOf,
} from "./debug/run-input.ts";
export { type GitMergeInstallation, type GitMergeScope, installGitMerge } from "./git/install-git-merge.ts";
export { type LauncherTarget, launcherIn, refreshLauncher } from "./git/launcher.ts";
export {
  CANVAS_VIEW_TYPE,
  CHECKS_SECTION,
  COMMAND_IDS,
  COMPARISON_VIEW_TYPE,
  type CommandId,
  DEBUGGER_TYPE,
  LANGUAGE_ID,
  MERGE_VIEW_TYPE,
  PIPELINE_MET_CONTEXT,
  STAGE_SELECTED_CONTEXT,
  SWEEP_VIEW_TYPE,
  VALUE_VIEW_TYPE,
} from "./identifiers.ts";
export { isVariableName, KEPT_SECRETS_VARIABLE, KEY_VARIABLES } from "./keys/key-variables.ts";
export { nameFault, pipelineFile, pipelineName, textFor } from "./new-pipeline/pipeline-name.ts";
export { TEMPLATES } from "./new-pipeline/templates.ts";
export { statusText } from "./status-bar/status-text.ts";
export { followStage, type ReadChange, type StageRef } from "./texts/follow-stage.ts";
export { sameLogic } from "./texts/same-logic.ts";
