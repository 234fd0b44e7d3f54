import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { bundlePage } from "../../../scripts/build/page-bundle.ts";
import type { HostOptions } from "./fake-host.ts";

export type Theme = "dark" | "light" | "high-contrast" | "high-contrast-light";

/** A Chromium with the canvas in plain pages, served under a stricter policy than VS Code's. */
export interface Harness {
  /** A page that shows `options.text`; errors of the page fail the test that opened it, through {@link CanvasPage.errors}. */
  open(
    options: HostOptions,
    view?: {
      readonly theme?: Theme;
      readonly width?: number;
      readonly height?: number;
      /** Whether the page may start workers, as it may in VS Code; it may if nothing is said. */
      readonly workers?: "allowed" | "refused";
    },
  ): Promise<CanvasPage>;
  close(): Promise<void>;
}

export interface CanvasPage {
  readonly page: Page;
  /** Uncaught errors, console errors (a breach of the policy is one) and defects the canvas reported. */
  errors(): Promise<readonly string[]>;
  text(): Promise<string>;
  log(): Promise<readonly string[]>;
  stage(id: string): Locator;
  clickWire(from: string, to: string, button?: "left" | "right"): Promise<void>;
  /** The middle of a stage, in pixels of the page, once the view is at rest. */
  centre(id: string): Promise<Place>;
  middleOf(locator: Locator): Promise<Place>;
  isInPane(id: string): Promise<boolean>;
  drag(from: Place, to: Place): Promise<void>;
  /** Draws a line from a stage's right handle to another's left one; `before` is called before the button is let go. */
  connect(from: string, to: string, before?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

const here = import.meta.dirname;
const policies = [
  "default-src 'none'",
  "script-src 'self'",
  // As in VS Code: CodeMirror makes a style sheet of its own, and knows the page's nonce.
  "style-src 'self' 'nonce-harness'",
  "font-src 'self'",
  // Nothing may be fetched: the canvas works offline (CE-15).
  "connect-src 'none'",
];

/** Bundles the page, serves it on loopback and starts the browser. */
export async function openHarness(): Promise<Harness> {
  const files = await bundledFiles();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const theme = url.searchParams.get("theme") ?? "dark";
    const workers = url.searchParams.get("workers") === "refused" ? "worker-src 'none'" : "worker-src blob:";
    const file = url.pathname === "/" ? pageOf(theme) : files.get(url.pathname.slice(1));
    response.writeHead(file === undefined ? 404 : 200, {
      "content-type": contentType(url.pathname),
      "content-security-policy": [...policies, workers].join("; "),
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  const browser = await launch();
  return {
    open: (options, view = {}) => openPage(browser, `http://127.0.0.1:${port}/`, options, view),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function launch(): Promise<Browser> {
  const executablePath = process.env["FLOWMASON_CHROMIUM"] ?? "/usr/bin/chromium";
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

async function openPage(
  browser: Browser,
  address: string,
  options: HostOptions,
  {
    theme = "dark",
    width = 1200,
    height = 760,
    workers = "allowed",
  }: NonNullable<Parameters<Harness["open"]>[1]>,
): Promise<CanvasPage> {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  await page.addInitScript((given) => {
    window.harnessOptions = given;
  }, options);
  await page.goto(`${address}?theme=${theme}&workers=${workers}`);
  await page.locator(".canvas-graph, .placeholder .action").first().waitFor();
  const log = (): Promise<readonly string[]> => page.evaluate(() => [...window.host.log]);
  const stage = (id: string): Locator => page.locator(`.stage[data-stage=${JSON.stringify(id)}]`);
  const drag = async (from: Place, to: Place, before?: () => Promise<void>): Promise<void> => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // React Flow begins a drag after some pixels, and asks what is under the pointer with each move.
    await page.mouse.move(from.x + Math.sign(to.x - from.x) * 3, from.y + Math.sign(to.y - from.y) * 3);
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await before?.();
    await page.mouse.up();
  };
  return {
    page,
    log,
    stage,
    drag,
    async clickWire(from, to, button = "left") {
      const line = page.locator(`.wire[data-id$=" ${from} ${to}"] .wire-grip`);
      const { x, y } = await line.evaluate((element) => {
        if (!(element instanceof SVGPathElement)) throw new Error("A wire is a path.");
        const middle = element.getPointAtLength(element.getTotalLength() / 2);
        const shown = middle.matrixTransform(element.getScreenCTM() ?? undefined);
        return { x: shown.x, y: shown.y };
      });
      await page.mouse.click(x, y, { button });
    },
    centre: (id) => middleOf(stage(id)),
    middleOf,
    async isInPane(id) {
      const box = await stage(id).boundingBox();
      return (
        box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
      );
    },
    async connect(from, to, before) {
      const start = await middleOf(stage(from).locator(".react-flow__handle-right"));
      const end = await middleOf(stage(to).locator(".react-flow__handle-left"));
      await drag(start, end, before);
    },
    text: () => page.evaluate(() => window.host.text()),
    errors: async () => [...errors, ...(await log()).filter((line) => line.includes("defect"))],
    close: () => context.close(),
  };
}

async function middleOf(locator: Locator): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("There is nothing to take hold of.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function bundledFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await bundlePage(
    {
      page: path.join(here, "page.ts"),
      canvas: path.join(here, "../../../webview/styles/index.css"),
    },
    { as: "readable" },
  );
  for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"]) {
    files.set(`${theme}.css`, await readFile(path.join(here, "themes", `${theme}.css`)));
  }
  return files;
}

/** The classes that VS Code gives the body; older extensions know one for high contrast only. */
function classesOf(theme: string): string {
  return theme === "high-contrast-light"
    ? "vscode-high-contrast-light vscode-high-contrast"
    : `vscode-${theme}`;
}

function pageOf(theme: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Pipeline</title>
    
    <link rel="stylesheet" href="/${theme}.css">
    <link rel="stylesheet" href="/canvas.css">
  </head>
  <body class="${classesOf(theme)}">
    <div id="root"></div>
    <script nonce="harness" type="module" src="/page.js"></script>
  </body>
</html>`;
}

function contentType(pathname: string): string {
  if (pathname.endsWith(".js")) return "text/javascript";
  if (pathname.endsWith(".css")) return "text/css";
  return pathname.endsWith(".ttf") ? "font/ttf" : "text/html; charset=utf-8";
}
