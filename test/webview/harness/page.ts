import type { Port } from "#protocol";
import { openCanvas, type ViewPort } from "#webview";
import { createFakeHost, type FakeHost, type HostOptions } from "./fake-host.ts";

declare global {
  interface Window {
    host: FakeHost;
  }
}

/** The test has put them there before it opened the page. */
function optionsOf(name: string): HostOptions {
  return JSON.parse(name);
}

const { port1, port2 } = new MessageChannel();
window.host = createFakeHost(portOver(port1), optionsOf(window.name));

const STATE_KEY = "view-state";
const viewPort: ViewPort = {
  ...portOver(port2),
  // Like VS Code's, this state outlives the page.
  readState: () => JSON.parse(sessionStorage.getItem(STATE_KEY) ?? "null"),
  writeState: (state) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
};
const root = document.getElementById("root");
if (root !== null) openCanvas(root, viewPort);

function portOver(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen(receive) {
      port.addEventListener("message", (event: MessageEvent<unknown>) => receive(event.data));
      port.start();
      return () => port.close();
    },
  };
}
