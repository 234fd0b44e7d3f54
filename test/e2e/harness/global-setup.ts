import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { vsixFile } from "../../../scripts/build/vsix.ts";
import { installVscodeHost } from "../../../scripts/install/vscode-host.ts";
import { browserOptions } from "../../../scripts/launch/browser.ts";
import { freePort, startCodeServer } from "../../../scripts/launch/code-server.ts";
import { neededExtensions } from "./built-in-extensions.ts";
import { testKeys } from "./test-keys.ts";
import { testSettings } from "./test-settings.ts";

/** What every scenario needs to know of the server and browser that run beside it. */
export interface SharedStage {
  readonly port: number;
  readonly browserEndpoint: string;
  /** Home of the server; scenarios put their workspaces and find its logs here. */
  readonly folder: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly stage: SharedStage;
  }
}

/** Starts one VS Code with the packed extension and one browser, for all scenarios; ends both afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(vsixFile)) throw new Error(`There is no ${vsixFile}. Run "npm run package" first.`);
  await installVscodeHost();
  const folder = mkdtempSync(path.join(os.tmpdir(), "fm-"));
  const user = path.join(folder, "data", "User");
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, "keybindings.json"), JSON.stringify(testKeys));
  const server = await startCodeServer({
    folder,
    settings: testSettings,
    extensions: [vsixFile],
    port: await freePort(),
    trust: "every",
    flags: neededExtensions(folder),
  });
  const browser = await chromium.launchServer(await browserOptions());
  project.provide("stage", { port: server.port, browserEndpoint: browser.wsEndpoint(), folder });
  return async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
