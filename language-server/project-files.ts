import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isSkipped, readWorkspace, type Workspace } from "#host";

/** The workspace that a folder is in; where its manifest cannot be used, it is warned of and the folder is by itself. */
export async function workspaceOf(folder: string, warn: (message: string) => void): Promise<Workspace> {
  const result = await readWorkspace(folder);
  if (result.ok) return result.workspace;
  warn(result.message);
  return { root: folder, manifest: { providers: {} } };
}

/** The path of a file in a project, with `/`; null where it is not in it, or nothing of a project. */
export function pathIn(root: string, uri: string): string | null {
  const file = fileOf(uri);
  if (file === null) return null;
  const path = relative(root, file).split(sep).join("/");
  return path === "" || path === ".." || path.startsWith("../") || isSkipped(path) ? null : path;
}

/** Null for what is no file of this machine: another scheme, or a host where the system knows none in a path. */
export function fileOf(uri: string): string | null {
  if (!uri.startsWith("file:")) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}
