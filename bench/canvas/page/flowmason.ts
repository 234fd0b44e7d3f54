import type { Port } from "../../../protocol/index.ts";
import { createFakeHost, type FakeHost } from "../../../test/webview/harness/fake-host.ts";
import { openCanvas, type ViewPort } from "../../../webview/index.ts";
import { nextFrame, onScreen } from "./contender.ts";

declare global {
  interface Window {
    host: FakeHost;
    /** Types letters into a text that stands at `offset`, a frame or more for each; resolves when all are shown. */
    typeAt(stage: string, offset: number, letters: number): Promise<void>;
  }
}

window.contender = {
  async draw({ text, view }) {
    const root = document.getElementById("root");
    if (root === null) throw new Error("The page has no element #root.");
    const begin = performance.now();
    const { port1, port2 } = new MessageChannel();
    window.host = createFakeHost(portOver(port1), { text });
    let state: unknown = view === null ? null : { viewport: view, selection: [] };
    const port: ViewPort = {
      ...portOver(port2),
      readState: () => state,
      writeState: (written) => {
        state = written;
      },
    };
    openCanvas(root, port);
    const ofGraph = view === null || view.zoom === 1 ? [".stage", ".wire-path"] : [".far-view"];
    await onScreen(ofGraph);
    return performance.now() - begin;
  },
};

window.typeAt = async (stage, offset, letters) => {
  const { host } = window;
  for (let typed = 0; typed < letters; typed++) {
    host.replace({ offset: offset + typed, length: 0, text: "x" });
    // The cursor of the text editor has moved.
    host.reveal(stage);
    await nextFrame();
    await nextFrame();
  }
};

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
