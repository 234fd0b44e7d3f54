import { stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { type OpenProjects, readWorkspace, type Workspace } from "#host";
import type { CheckedFile } from "../problem-lines.ts";
import type { Terminal } from "../terminal.ts";

/** The modules of components that have problems: of projects whose folders are checked, and those that pipelines asked for. */
export async function brokenModules(
  paths: readonly string[],
  projects: OpenProjects,
  { cwd }: Terminal,
): Promise<readonly CheckedFile[]> {
  for (const path of paths) {
    const workspace = await workspaceAt(resolve(cwd, path));
    if (workspace !== null) await projects.components(workspace);
  }
  const loaded = await projects.loaded();
  return loaded.flatMap(({ root, own }) =>
    own.modules
      .filter(({ problems }) => problems.length > 0)
      .map(({ path, text, problems }) => ({
        path: relative(cwd, join(root, path)).split(sep).join("/"),
        text,
        problems,
      })),
  );
}

/** The workspace of a folder; null where there is none, which is told of the pipelines in it. */
async function workspaceAt(folder: string): Promise<Workspace | null> {
  const found = await stat(folder).catch(() => null);
  if (found === null || !found.isDirectory()) return null;
  const result = await readWorkspace(folder);
  return result.ok ? result.workspace : null;
}
