import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** The page that loads the timeline: our own script and styles, and nothing else from anywhere. */
export function timelineHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, "timeline.js"));
  const styles = webview.asWebviewUri(vscode.Uri.joinPath(dist, "timeline.css"));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${styles.toString()}">
    <title>Timeline</title>
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${nonce}" type="module" src="${script.toString()}"></script>
  </body>
</html>`;
}
