import path from "node:path";
import type { Page } from "playwright-core";
import { createWorkbench } from "../pages/workbench.ts";
import { recordConsole } from "./console-record.ts";
import { withScreen } from "./on-screen.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { createWorkspaceFolder, type WorkspaceContent, type WorkspaceFolder } from "./workspace-folder.ts";

/** A VS Code server; its home is `folder`. */
export interface Server {
  readonly port: number;
  readonly folder: string;
}

/** VS Code in a page. */
export interface Window {
  readonly page: Page;
  readonly server: Server;
  readonly folder: WorkspaceFolder;
  readonly consoleLines: readonly string[];
  close(): Promise<void>;
}

/** Opens a window on a new folder with the content, and waits until it can be worked with. */
export async function openWindow(server: Server, content: WorkspaceContent): Promise<Window> {
  const folder = createWorkspaceFolder(path.join(server.folder, "workspaces"), content);
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  // Only what fails waits so long: a slow machine takes its time.
  page.setDefaultTimeout(60_000);
  const consoleLines = recordConsole(page);
  try {
    const address = `http://127.0.0.1:${server.port}/?folder=${encodeURIComponent(folder.path)}`;
    await page.goto(address, { timeout: 120_000 });
    await createWorkbench(page, "").ready();
    return { page, server, folder, consoleLines, close: () => context.close() };
  } catch (error) {
    const failure = await withScreen(error, page);
    await context.close();
    throw failure;
  }
}
