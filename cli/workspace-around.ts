import { dirname, relative, resolve, sep } from "node:path";
import { readWorkspace, type Workspace } from "#host";
import { UnusableInput } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** The workspace of a file named on the command line, and the file's path in it. Throws {@link UnusableInput}. */
export async function workspaceAround(
  path: string,
  { cwd }: Terminal,
): Promise<{ readonly workspace: Workspace; readonly inside: string }> {
  const absolute = resolve(cwd, path);
  const result = await readWorkspace(dirname(absolute));
  if (!result.ok) throw new UnusableInput(result.message);
  const { workspace } = result;
  return { workspace, inside: relative(workspace.root, absolute).split(sep).join("/") };
}
