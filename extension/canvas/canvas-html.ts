import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/**
 * The page that loads the canvas. Nothing but our own bundle runs, and nothing is fetched: no connect-src, no remote
 * host (CE-15). Nothing is inline either: React sets styles through the object model, which no policy concerns.
 */
export function canvasHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.js"));
  const styles = webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.css"));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The nonce is for the style sheet that CodeMirror makes.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    // Pictures that the page itself has made: of the graph, to make a PNG of it.
    "img-src blob:",
    // The worker that lays out large graphs: VS Code lets webviews make workers of blobs only, and this one's script is
    // part of the page's, which alone can make such a blob.
    "worker-src blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${styles.toString()}">
    <title>Pipeline</title>
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${nonce}" type="module" src="${script.toString()}"></script>
  </body>
</html>`;
}
