import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import { beforeAll, expect, onTestFinished } from "vitest";
import { bundlePage } from "../../../scripts/build/page-bundle.ts";
import type { Theme } from "./open-harness.ts";

/** A page with the timeline of a run of so many moments in it; null for none. */
export interface TimelineHarness {
  open(total: number | null, theme?: Theme): Promise<Page>;
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'none'";
const here = import.meta.dirname;

/** One browser for all tests of a file. Errors of a page fail the test that opened it. */
export function shareTimelineHarness(): TimelineHarness {
  let address = "";
  let open: (total: number | null, theme: Theme) => Promise<Page>;
  beforeAll(async () => {
    const files = await bundlePage(
      {
        page: path.join(here, "timeline-page.ts"),
        timeline: path.join(here, "../../../webview/timeline/timeline.css"),
      },
      { as: "readable" },
    );
    for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"])
      files.set(`${theme}.css`, await readFile(path.join(here, "themes", `${theme}.css`)));
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const file =
        pathname === "/" ? pageOf(searchParams.get("theme") ?? "dark") : files.get(pathname.slice(1));
      const headers = { "content-type": typeOf(pathname), "content-security-policy": policy };
      response.writeHead(file === undefined ? 404 : 200, headers).end(file);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const executablePath = process.env["FLOWMASON_CHROMIUM"] ?? "/usr/bin/chromium";
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    open = async (total, theme) => {
      const page = await browser.newPage({ viewport: { width: 360, height: 480 } });
      const errors: string[] = [];
      page.on("pageerror", ({ message }) => errors.push(message));
      page.on("console", (said) => {
        if (said.type() === "error" || said.type() === "warning") errors.push(said.text());
      });
      onTestFinished(async () => {
        const log = await page.evaluate(() => window.timeline.log);
        await page.close();
        expect([...errors, ...log.filter((line) => line.startsWith("defect"))]).toEqual([]);
      });
      await page.addInitScript((given) => {
        window.timelineTotal = given;
      }, total);
      await page.goto(`${address}?theme=${theme}`);
      await page.locator("#root > *").first().waitFor();
      return page;
    };
    return async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    };
  });
  return { open: (total, theme = "dark") => open(total, theme) };
}

function pageOf(theme: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Timeline</title>
    <link rel="stylesheet" href="/${theme}.css">
    <link rel="stylesheet" href="/timeline.css">
  </head>
  <body class="vscode-${theme}${theme === "high-contrast-light" ? " vscode-high-contrast" : ""}">
    <div id="root"></div>
    <script type="module" src="/page.js"></script>
  </body>
</html>`;
}

function typeOf(pathname: string): string {
  if (pathname.endsWith(".js")) return "text/javascript";
  if (pathname.endsWith(".css")) return "text/css";
  return pathname.endsWith(".ttf") ? "font/ttf" : "text/html; charset=utf-8";
}
