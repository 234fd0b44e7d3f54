import path from "node:path";
import { parseArgs } from "node:util";
import { buildProduct } from "../build/build.ts";
import { packOpenSample, packVsix, vsixFile } from "../build/vsix.ts";
import { installVscodeHost } from "../install/vscode-host.ts";
import { freePort, seedSettings, startCodeServer } from "../launch/code-server.ts";
import { findDesktopCode, openInDesktopCode } from "../launch/desktop.ts";
import { samplesWorkspace } from "../launch/samples.ts";
import { quietSettings } from "../launch/settings.ts";
import { inRoot } from "../setup/root.mjs";
import { step } from "../setup/steps.mjs";

/** `npm start [-- --browser] [-- --port N]`: the samples in VS Code with the extension as it would be shipped. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { browser: { type: "boolean", default: false }, port: { type: "string", default: "8137" } },
  });
  await step("Build", () => buildProduct("production"));
  await step("Pack the extension", () => packVsix());
  const openSample = await packOpenSample();
  const workspace = samplesWorkspace();
  process.stdout.write(`The samples are a copy in ${workspace}: change them as you like.\n`);

  const desktop = values.browser
    ? ({ kind: "unusable", reason: "Asked for the browser" } as const)
    : findDesktopCode();
  if (desktop.kind === "usable") {
    await openDesktop(desktop.version, openSample, workspace);
    return 0;
  }
  process.stdout.write(`${desktop.reason}: using code-server, a VS Code for the browser.\n`);
  await installVscodeHost();
  return serve(openSample, workspace, await freePort(Number(values.port)));
}

async function openDesktop(version: string, openSample: string, workspace: string): Promise<void> {
  const folder = inRoot(".cache", "code");
  const userData = path.join(folder, "data");
  seedSettings(path.join(userData, "User", "settings.json"), quietSettings);
  await step(`Open VS Code ${version} with a profile of its own`, () =>
    openInDesktopCode(
      { userData, extensions: path.join(folder, "extensions") },
      [vsixFile, openSample],
      workspace,
    ),
  );
}

/** Ctrl+C, `kill`, and the terminal's window closing. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function serve(openSample: string, workspace: string, port: number): Promise<number> {
  // The server has a process group of its own, which no signal reaches: it is ended when this process exits.
  const leave = () => process.exit(130);
  for (const signal of endings) process.once(signal, leave);
  const server = await step("Start VS Code for the browser", () =>
    startCodeServer({
      folder: inRoot(".cache", "start"),
      settings: quietSettings,
      extensions: [vsixFile, openSample],
      port,
      trust: "every",
    }),
  );
  process.stdout.write(`\nOpen ${server.url(workspace)}\nPress Ctrl+C to stop.\n`);
  let asked = false;
  const stop = () => {
    asked = true;
    void server.stop();
  };
  for (const signal of endings) process.removeListener(signal, leave).once(signal, stop);
  await server.ended;
  if (!asked) process.stderr.write(`VS Code ended by itself; its log is ${server.logFile}\n`);
  return asked ? 0 : 1;
}
