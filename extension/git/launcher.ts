import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";

/** What a launcher starts: Node, or a VS Code that can be it, and the command line of this version of the extension. */
export interface LauncherTarget {
  readonly node: string;
  readonly fm: string;
}

/** Where the launcher is: outside of the extension's own folder, whose name changes with each version. */
export function launcherIn(storage: string): string {
  return path.join(storage, "bin", "fm");
}

/** How Git's settings name a launcher. Git has a shell wherever it is, and that needs no right to execute a file. */
export function launcherCommand(launcher: string): string {
  return `sh ${quoted(launcher)}`;
}

/** Writes the launcher. One that Git is reading meanwhile stays whole. */
export async function writeLauncher(launcher: string, target: LauncherTarget): Promise<void> {
  await mkdir(path.dirname(launcher), { recursive: true });
  const next = `${launcher}.${process.pid}.new`;
  try {
    await writeFile(next, launcherText(target));
    await chmod(next, 0o755);
    await rename(next, launcher);
  } finally {
    await rm(next, { force: true });
  }
}

/** Has a launcher that is there start what there is now: the extension has moved when it was updated. */
export async function refreshLauncher(launcher: string, target: LauncherTarget): Promise<void> {
  const before = await readFile(launcher, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  if (before !== null && before !== launcherText(target)) await writeLauncher(launcher, target);
}

function launcherText({ node, fm }: LauncherTarget): string {
  return `#!/bin/sh
# fm of FlowMason for VS Code, for Git's settings to name. VS Code writes this file anew when the extension has moved.
node=${quoted(node)}
fm=${quoted(fm)}
if [ ! -f "$fm" ]; then
  echo "FlowMason for VS Code is not at $fm any more. Open a pipeline in VS Code once, and try again." >&2
  exit 2
fi
ELECTRON_RUN_AS_NODE=1 exec "$node" "$fm" "$@"
`;
}

/** A path as a shell takes it, also Git's own on Windows. */
function quoted(file: string): string {
  const portable = path.sep === "\\" ? file.replaceAll("\\", "/") : file;
  return `'${portable.replaceAll("'", "'\\''")}'`;
}
