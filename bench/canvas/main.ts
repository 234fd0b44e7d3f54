import { chromium } from "playwright-core";
import { browserOptions } from "../../scripts/launch/browser.ts";
import { measureBars } from "./bars.ts";
import { servePages } from "./pages.ts";
import { measurePeers } from "./peers.ts";

const rounds = Number(process.argv[2] ?? 3);
const pages = await servePages();
const browser = await chromium.launch(await browserOptions());
try {
  console.log(`Canvas: what the main thread has to do to draw a graph and to move it. Chromium ${browser.version()}, software
rendering; medians of ${rounds} pages of each, in turn, and the middle half of them. Ratios count, not milliseconds.\n`);
  await measurePeers(browser, pages, rounds);
  await measureBars(browser, pages, rounds);
} finally {
  await browser.close();
  await pages.close();
}
