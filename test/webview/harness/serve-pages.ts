import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { bundlePage } from "../../../scripts/build/page-bundle.ts";

export type Theme = "dark" | "light" | "high-contrast" | "high-contrast-light";

/** The views that can be opened as a plain page. */
export type View = "canvas" | "timeline" | "compared" | "comparison" | "merge" | "viewer" | "sweep";

/** Whether a page may start workers, as it may in VS Code. */
export type Workers = "allowed" | "refused";

const here = import.meta.dirname;
const webview = path.join(here, "../../../webview");
const policies = [
  "default-src 'none'",
  "script-src 'self'",
  // As in VS Code: CodeMirror makes a style sheet of its own, and knows the page's nonce.
  "style-src 'self' 'nonce-harness'",
  "font-src 'self'",
  // Nothing may be fetched: the canvas works offline (CE-15).
  "connect-src 'none'",
];

/** The path of a view below the server's address. */
export function pathOf(view: View, theme: Theme, workers: Workers): string {
  return `${view}?theme=${theme}&workers=${workers}`;
}

/** Serves the views on loopback under a stricter policy than VS Code's, and an empty page as `blank`. */
export async function servePages(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const files = await bundledFiles();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const name = pathname.slice(1);
    const html = htmlOf(name, searchParams.get("theme") ?? "dark");
    const file = html ?? files.get(name);
    const workers = searchParams.get("workers") === "refused" ? "worker-src 'none'" : "worker-src blob:";
    response.writeHead(file === undefined ? 404 : 200, {
      "content-type": html === undefined ? contentType(name) : "text/html; charset=utf-8",
      "content-security-policy": [...policies, workers, ...(name === "viewer" ? ["img-src blob:"] : [])].join(
        "; ",
      ),
      // The scripts stay the same as long as the server lives; compiling them anew takes longer than most tests.
      "cache-control": html === undefined ? "max-age=86400" : "no-store",
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundledFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await bundlePage(
    {
      canvas: path.join(here, "page.ts"),
      "canvas-style": path.join(webview, "styles/index.css"),
      timeline: path.join(here, "timeline-page.ts"),
      "timeline-style": path.join(webview, "timeline/timeline.css"),
      comparison: path.join(here, "comparison-page.ts"),
      "comparison-style": path.join(webview, "comparison/comparison.css"),
      merge: path.join(here, "merge-page.ts"),
      "merge-style": path.join(webview, "merge/merge.css"),
      viewer: path.join(here, "viewer-page.ts"),
      "viewer-style": path.join(webview, "viewer/viewer.css"),
      sweep: path.join(here, "sweep-page.ts"),
      "sweep-style": path.join(webview, "sweep/sweep.css"),
      compared: path.join(here, "compared-page.tsx"),
      "compared-style": path.join(webview, "comparison/comparison.css"),
    },
    { as: "readable" },
  );
  for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"]) {
    files.set(`${theme}.css`, await readFile(path.join(here, "themes", `${theme}.css`)));
  }
  return files;
}

const titles: Readonly<Record<View, string>> = {
  canvas: "Pipeline",
  timeline: "Timeline",
  compared: "Compared",
  comparison: "Comparison",
  merge: "Merge",
  viewer: "Value",
  sweep: "Values Tried",
};

function htmlOf(name: string, theme: string): string | undefined {
  switch (name) {
    case "blank":
      return "<!DOCTYPE html><title>Nothing yet</title>";
    case "canvas":
    case "timeline":
    case "compared":
    case "comparison":
    case "merge":
    case "viewer":
    case "sweep":
      return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${titles[name]}</title>
    <link rel="stylesheet" href="/${theme}.css">
    <link rel="stylesheet" href="/${name}-style.css">
  </head>
  <body class="${bodyClasses(theme)}">
    <div id="root"></div>
    <script nonce="harness" type="module" src="/${name}.js"></script>
  </body>
</html>`;
    default:
      return undefined;
  }
}

/** The classes that VS Code gives the body; older extensions know one for high contrast only. */
export function bodyClasses(theme: string): string {
  return theme === "high-contrast-light"
    ? "vscode-high-contrast-light vscode-high-contrast"
    : `vscode-${theme}`;
}

function contentType(name: string): string {
  if (name.endsWith(".js")) return "text/javascript";
  return name.endsWith(".css") ? "text/css" : "font/ttf";
}
