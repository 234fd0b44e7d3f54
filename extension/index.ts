// The VS Code side: custom editor, debug wiring, commands; the only room that imports vscode. It shows and edits
// through core/pipeline and never runs a pipeline: runs live in the debug adapter's process, so that none can stop
// the editor. Public here is only what a test compares with package.json; VS Code starts main.ts.
export {
  CANVAS_VIEW_TYPE,
  COMMAND_IDS,
  type CommandId,
  DEBUGGER_TYPE,
  LANGUAGE_ID,
  STAGE_SELECTED_CONTEXT,
} from "./identifiers.ts";
