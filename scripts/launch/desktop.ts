import { spawnSync } from "node:child_process";
import { runLogged } from "../setup/processes.mjs";

/** The oldest VS Code whose extension host is Node 22 (`engines.vscode`). */
const oldest = { major: 1, minor: 115 };

/** Whether a desktop VS Code can be used, and if not, why, for people. */
export type DesktopCode =
  | { readonly kind: "usable"; readonly version: string }
  | { readonly kind: "unusable"; readonly reason: string };

/** Looks at the `code` on PATH. */
export function findDesktopCode(): DesktopCode {
  const answer = spawnSync("code", ["--version"], { encoding: "utf8", timeout: 20_000, shell: onWindows });
  const version = /^(\d+)\.(\d+)\.\d+/m.exec(answer.stdout ?? "");
  if (answer.status !== 0 || version === null) {
    return { kind: "unusable", reason: "There is no VS Code on PATH (the command `code`)" };
  }
  const [text, major, minor] = [version[0], Number(version[1]), Number(version[2])];
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    const wanted = `${oldest.major}.${oldest.minor}`;
    return { kind: "unusable", reason: `The VS Code on PATH is ${text}, and ${wanted} or newer is needed` };
  }
  return { kind: "usable", version: text };
}

/** Opens a folder in a desktop window with a profile of its own, so that the user's stays as it is. */
export async function openInDesktopCode(
  profile: { readonly userData: string; readonly extensions: string },
  vsixFiles: readonly string[],
  workspace: string,
): Promise<void> {
  const place = ["--user-data-dir", profile.userData, "--extensions-dir", profile.extensions];
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  for (const vsix of vsixFiles) {
    await runLogged("code-install", "code", [...place, ...asRoot, "--install-extension", vsix, "--force"], {
      shell: onWindows,
    });
  }
  await runLogged("code-open", "code", [...place, ...asRoot, "--new-window", workspace], {
    shell: onWindows,
  });
}

// `code` is a .cmd file there.
const onWindows = process.platform === "win32";
