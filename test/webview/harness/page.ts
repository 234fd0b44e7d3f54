import { openCanvas, type ViewPort } from "#webview";
import { createFakeHost, type FakeHost, type HostOptions } from "./fake-host.ts";
import { createPortPair } from "./port-pair.ts";

declare global {
  interface Window {
    host: FakeHost;
  }
}

/** The test has put them there before it opened the page. */
function optionsOf(name: string): HostOptions {
  return JSON.parse(name);
}

const { host, view } = createPortPair();
window.host = createFakeHost(host, optionsOf(window.name));

const STATE_KEY = "view-state";
const viewPort: ViewPort = {
  ...view,
  // Like VS Code's, this state outlives the page.
  readState: () => JSON.parse(sessionStorage.getItem(STATE_KEY) ?? "null"),
  writeState: (state) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
};
const root = document.getElementById("root");
if (root !== null) openCanvas(root, viewPort);
