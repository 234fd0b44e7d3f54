import type * as vscode from "vscode";
import type { Port } from "#protocol";

/** The extension's end of a webview's message channel. VS Code keeps the order and holds messages until it has loaded. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    // The promise only tells whether the webview was alive, which the channel learns by its disposal.
    post: (message) => void webview.postMessage(message),
    listen(receive) {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => subscription.dispose();
    },
  };
}
