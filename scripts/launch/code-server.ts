import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { codeServerEntry } from "../install/vscode-host.ts";
import { projectNode } from "../setup/node-runtime.mjs";
import { runLogged } from "../setup/processes.mjs";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";

/** What a code-server is started with. Nothing it does leaves `folder`, except sockets where that path is too long. */
export interface CodeServerOptions {
  /** Its home: profile, extensions, logs. */
  readonly folder: string;
  /** User settings of a new profile; one that exists keeps its own. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** .vsix files to install before the start. */
  readonly extensions: readonly string[];
  readonly port: number;
  /** Whether every workspace is trusted, or none until the user says so. */
  readonly trust: "every" | "asked";
  /** More command-line flags. */
  readonly flags?: readonly string[];
}

export interface CodeServer {
  readonly port: number;
  /** The server's own output. */
  readonly logFile: string;
  /** The address of a workspace folder; the payload is the workbench's own list of start parameters. */
  url(workspace: string, payload?: readonly (readonly [string, string])[]): string;
  /** Resolves when the server is gone, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Installs the extensions and starts a real VS Code server on loopback. Resolves when it answers. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const { folder, port } = options;
  const profile = path.join(folder, "data");
  seedSettings(path.join(profile, "User", "settings.json"), options.settings);
  const sockets = socketFolder(folder);
  const env = isolatedEnvironment(folder, sockets);
  const place = ["--config", path.join(folder, "config.yaml"), "--user-data-dir", profile];
  const common = [codeServerEntry, ...place, "--extensions-dir", path.join(folder, "extensions")];
  for (const vsix of options.extensions) {
    const args = [...common, "--install-extension", vsix, "--force"];
    await runLogged(`install-${path.basename(vsix, ".vsix")}`, projectNode(), args, { env });
  }
  const logFile = path.join(folder, "server.log");
  const address = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`];
  const trust = options.trust === "every" ? ["--disable-workspace-trust"] : [];
  const args = [...common, ...address, ...quietFlags, ...trust, ...(options.flags ?? [])];
  // Its own process group, so that the extension hosts and language servers under it can be ended with it.
  const child = spawn(projectNode(), args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const reap = () => killGroup(child.pid, "SIGKILL");
  process.once("exit", reap);
  const stop = async () => {
    killGroup(child.pid, "SIGTERM");
    const patience = setTimeout(reap, 3000);
    await ended;
    clearTimeout(patience);
    // What it started may take longer to go than it did itself.
    reap();
    process.removeListener("exit", reap);
    rmSync(sockets, { recursive: true, force: true });
  };
  try {
    await answering(port, ended, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, logFile, ended, stop, url: (workspace, payload) => workspaceUrl(port, workspace, payload) };
}

/** Writes the user settings of a profile that has none yet. */
export function seedSettings(file: string, settings: Readonly<Record<string, unknown>>): void {
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
}

/** A port that is free right now; the wanted one if possible. */
export async function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : wanted;
      server.close(() => resolve(port));
    });
  });
}

const quietFlags = [
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-getting-started-override",
  "--disable-proxy",
];

/** Nothing of the user's VS Code, npm or git reaches the server, and no extension gallery is asked. */
function isolatedEnvironment(folder: string, sockets: string): NodeJS.ProcessEnv {
  const home = path.join(folder, "home");
  mkdirSync(home, { recursive: true });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    EXTENSIONS_GALLERY: "{}",
    NODE_COMPILE_CACHE: inRoot(".cache/compiled"),
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, ".config"),
    XDG_DATA_HOME: path.join(home, ".local", "share"),
    TMPDIR: sockets,
    GIT_CONFIG_NOSYSTEM: "1",
  };
  const inherited = /^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS|VITEST.*)$|^(VSCODE_|CODE_SERVER_|npm_)/;
  for (const name of Object.keys(env)) if (inherited.test(name)) delete env[name];
  return env;
}

/** A unix socket's path may have 107 characters, and VS Code adds about 50 to its folder's. */
function socketFolder(folder: string): string {
  const inside = path.join(folder, "tmp");
  if (inside.length > 50) return mkdtempSync(path.join(os.tmpdir(), "fm-"));
  mkdirSync(inside, { recursive: true });
  return inside;
}

async function answering(port: number, ended: Promise<void>, logFile: string): Promise<void> {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  const deadline = performance.now() + 60_000;
  while (!gone && performance.now() < deadline) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new StepFailure(gone ? "code-server ended at once." : "code-server did not answer within a minute.", {
    log: logFile,
  });
}

function workspaceUrl(
  port: number,
  folder: string,
  payload?: readonly (readonly [string, string])[],
): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set("folder", folder);
  if (payload !== undefined) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
