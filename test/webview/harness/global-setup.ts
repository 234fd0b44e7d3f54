import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { servePages } from "./serve-pages.ts";

/** What the tests of the pages need to know of the server and the browser beside them. */
export interface SharedBrowser {
  /** Where the pages are, with a slash at its end. */
  readonly address: string;
  readonly endpoint: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly browser: SharedBrowser;
  }
}

/** Bundles and serves the pages and starts one browser, for all files; ends both afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const pages = await servePages();
  const executablePath = process.env["FLOWMASON_CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await chromium.launchServer({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  project.provide("browser", { address: pages.address, endpoint: browser.wsEndpoint() });
  return async () => {
    await browser.close();
    await pages.close();
  };
}
