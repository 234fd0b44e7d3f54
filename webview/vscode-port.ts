import type { ViewPort } from "./view-port.ts";

/** VS Code's door into a webview. It may be asked for once only, which is here. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The port of a view that lives in VS Code. */
export function openVscodePort(): ViewPort {
  const vscode = acquireVsCodeApi();
  return {
    post: (message) => vscode.postMessage(message),
    listen(receive) {
      const onMessage = (event: MessageEvent<unknown>): void => receive(event.data);
      window.addEventListener("message", onMessage);
      return () => window.removeEventListener("message", onMessage);
    },
    readState: () => vscode.getState(),
    writeState: (state) => vscode.setState(state),
  };
}
