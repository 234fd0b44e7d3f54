import { execFile } from "node:child_process";
import { type LauncherTarget, launcherCommand, writeLauncher } from "./launcher.ts";

/** Whose merges are set up: those of the repository around a folder, or all of this user's. */
export type GitMergeScope =
  | { readonly kind: "repository"; readonly folder: string }
  | { readonly kind: "user"; readonly home: string };

/** What came of it; `message` is what fm says, which is where the settings are or why they cannot be made. */
export type GitMergeInstallation = { readonly ok: boolean; readonly message: string };

/** How `fm` ends when Git, or a file, does not let it. */
const UNUSABLE_INPUT = 2;

/** Writes the launcher, and has `fm git install` set up Git with it. Throws where fm ends otherwise than it says. */
export async function installGitMerge(
  scope: GitMergeScope,
  launcher: string,
  target: LauncherTarget,
): Promise<GitMergeInstallation> {
  await writeLauncher(launcher, target);
  const [where, cwd] = scope.kind === "user" ? ["--global", scope.home] : ["--local", scope.folder];
  const args = [target.fm, "git", "install", where, "--command", launcherCommand(launcher)];
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
  return await new Promise((resolve, reject) => {
    execFile(target.node, args, { cwd, env }, (error, _, said) => {
      const message = said.trim();
      if (error === null) resolve({ ok: true, message });
      else if (error.code === UNUSABLE_INPUT) resolve({ ok: false, message });
      else reject(new Error(`fm git install failed: ${message === "" ? error.message : message}`));
    });
  });
}
