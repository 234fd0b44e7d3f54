import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { bundlePage } from "../../scripts/build/page-bundle.ts";
import { root } from "../../scripts/setup/root.mjs";

/** Who draws the graph. `given`: React Flow, told the sizes and handles that it measures otherwise. */
export type ContenderName = "flowmason" | "measured" | "given" | "floor";

const scripts: Readonly<Record<ContenderName, string>> = {
  flowmason: "flowmason",
  measured: "react-flow",
  given: "react-flow",
  floor: "floor",
};

/** The contenders' pages, each bundled as ours is shipped, on loopback. */
export interface Pages {
  addressOf(contender: ContenderName): string;
  close(): Promise<void>;
}

/** Bundles the pages and serves them. */
export async function servePages(): Promise<Pages> {
  const files = await bundledFiles();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const file = url.pathname === "/" ? pageOf(url.searchParams) : files.get(url.pathname.slice(1));
    response.writeHead(file === undefined ? 404 : 200, { "content-type": contentType(url.pathname) });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    addressOf: (contender) => `http://127.0.0.1:${port}/?kind=${contender}&script=${scripts[contender]}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function bundledFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const here = path.join(root, "bench", "canvas", "page");
  return bundlePage(
    {
      flowmason: path.join(here, "flowmason.ts"),
      "react-flow": path.join(here, "react-flow.tsx"),
      floor: path.join(here, "floor.ts"),
      peer: "@xyflow/react/dist/style.css",
      page: path.join(here, "page.css"),
      canvas: path.join(root, "webview", "styles", "index.css"),
      dark: path.join(root, "test", "webview", "harness", "themes", "dark.css"),
    },
    { as: "shipped" },
  );
}

function pageOf(search: URLSearchParams): string {
  const [kind, script] = [search.get("kind") ?? "", search.get("script") ?? ""];
  const styles = kind === "flowmason" ? ["dark", "canvas"] : ["peer"];
  const links = ["page", ...styles].map((name) => `<link rel="stylesheet" href="/${name}.css">`).join("");
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${kind}</title>${links}</head>
<body class="vscode-dark" data-kind="${kind}"><div id="root"></div>
<script type="module" src="/${script}.js"></script></body></html>`;
}

function contentType(pathname: string): string {
  if (pathname.endsWith(".js")) return "text/javascript";
  if (pathname.endsWith(".css")) return "text/css";
  return pathname.endsWith(".ttf") ? "font/ttf" : "text/html; charset=utf-8";
}
