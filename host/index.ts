// What a run needs from outside, on Node: clock, random numbers, HTTP, secrets, models, files of the workspace, journal
// files, and the project that a pipeline is part of. Nothing here may know what a pipeline means, change a setting of the whole process, or reach a file outside
// the workspace on a path that a pipeline gave.
export { createNodePorts, type NodePorts, type NodePortsConfig } from "./create-node-ports.ts";
export { environmentSecrets } from "./environment-secrets.ts";
export { type JournalFile, JournalFileError, openJournalFile } from "./journal-file.ts";
export { type OpenedFor, openProject, openProjects, pipelineFiles, pipelineFolders } from "./open-project.ts";
export { type Manifest, readWorkspace, type Workspace, type WorkspaceResult } from "./workspace.ts";
export { isSkipped, workspaceFiles } from "./workspace-files.ts";
