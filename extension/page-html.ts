import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { pageMarkup } from "./page-markup.ts";

/** A page of ours in a webview. */
export interface Page {
  /** Of the bundle's files: `webview` is `webview.js` and `webview.css`. */
  readonly name: string;
  readonly title: string;
  /** What it says while it loads. */
  readonly opening: string;
  /** What it needs besides script, styles and fonts of our own. */
  readonly needs: readonly PageNeed[];
}

/** What a page asks of the policy. */
export type PageNeed =
  /** Pictures that it has made itself. */
  | "own-pictures"
  /** Workers: VS Code lets webviews make them of blobs only, and the script of such a one is part of the page's. */
  | "workers";

/**
 * A page that loads our own script and styles. Nothing else runs, and nothing is fetched: no connect-src, no remote
 * host (CE-15). Inline is only the look of what the page says while it loads, which is there before its style sheet and
 * script are: React sets styles through the object model, which no policy concerns.
 */
export function pageHtml(
  page: Page,
  webview: Pick<vscode.Webview, "asWebviewUri" | "cspSource">,
  dist: vscode.Uri,
): string {
  const { name, needs } = page;
  const nonce = randomBytes(16).toString("base64url");
  const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The nonce is for that, and for style sheets that a page's script makes, as CodeMirror's does.
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    ...(needs.includes("own-pictures") ? ["img-src blob:"] : []),
    ...(needs.includes("workers") ? ["worker-src blob:"] : []),
  ].join("; ");
  return pageMarkup({
    ...page,
    script: address(`${name}.js`),
    styles: address(`${name}.css`),
    policy,
    nonce,
  });
}
