import {
  createChannel,
  type ShownSweep,
  sweepCompareRun,
  sweepDefect,
  sweepOpenRun,
  sweepReady,
} from "#protocol";
import { openSweep } from "#webview";
import { createPortPair } from "./port-pair.ts";

/** The extension in the place of VS Code's, which shows what the test has written into `window.name`. */
declare global {
  interface Window {
    sweep: {
      /** What the page has asked for, in order. */
      readonly log: string[];
      /** What it has kept of itself for when the window is loaded anew. */
      readonly kept: unknown[];
    };
  }
}

const { host, view } = createPortPair();
const channel = createChannel(host, (error) => {
  throw error;
});
const given: ShownSweep = JSON.parse(window.name);
const log: string[] = [];
const kept: unknown[] = [];
window.sweep = { log, kept };
channel.onRequest(sweepReady, () => given);
channel.onEvent(sweepOpenRun, ({ runId }) => void log.push(`open ${runId}`));
channel.onEvent(sweepCompareRun, ({ runId }) => void log.push(`compare ${runId}`));
channel.onEvent(sweepDefect, ({ message }) => void log.push(`defect ${message}`));

const root = document.getElementById("root");
if (root !== null)
  openSweep(root, { ...view, readState: () => null, writeState: (state) => void kept.push(state) });
