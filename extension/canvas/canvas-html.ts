import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { canvasPage } from "./canvas-page.ts";

/**
 * The page that loads the canvas. Nothing but our own bundle runs, and nothing is fetched: no connect-src, no remote
 * host (CE-15). Inline is only the look of what the page says while it loads, which is there before its style sheet and
 * script are: React sets styles through the object model, which no policy concerns.
 */
export function canvasHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.js"));
  const styles = webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.css"));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The nonce is for the style sheet that CodeMirror makes, and for that of the loading page.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    // Pictures that the page itself has made: of the graph, to make a PNG of it.
    "img-src blob:",
    // The worker that lays out large graphs: VS Code lets webviews make workers of blobs only, and this one's script is
    // part of the page's, which alone can make such a blob.
    "worker-src blob:",
  ].join("; ");
  return canvasPage({ script: script.toString(), styles: styles.toString(), policy, nonce });
}
