import {
  comparisonOpenText,
  comparisonOpenTextDiff,
  comparisonView,
  createChannel,
  type ShownComparison,
} from "#protocol";
import { openComparison } from "#webview";
import { createPortPair } from "./port-pair.ts";

/** The extension in the place of VS Code's, which shows what the test has written into `window.name`; null: nothing yet. */
declare global {
  interface Window {
    comparison: {
      /** What the view has asked for, in order. */
      readonly log: string[];
      show(shown: ShownComparison): void;
      step(to: "next" | "previous"): void;
    };
  }
}

const { host, view } = createPortPair();
const channel = createChannel(host, (error) => {
  throw error;
});
const given: ShownComparison | null = JSON.parse(window.name);
const log: string[] = [];
window.comparison = {
  log,
  show: (shown) => channel.emit(comparisonView.shown, shown),
  step: (to) => channel.emit(comparisonView.step, { to }),
};
channel.onRequest(comparisonView.ready, () => given ?? new Promise<never>(() => undefined));
channel.onEvent(comparisonOpenText, ({ side, place }) => {
  log.push(`open ${side} ${place === null ? "" : place.start.line0 + 1}`);
});
channel.onEvent(comparisonOpenTextDiff, () => void log.push("open text diff"));
channel.onEvent(comparisonView.defect, ({ message }) => void log.push(`defect ${message}`));

const root = document.getElementById("root");
if (root !== null) openComparison(root, { ...view, readState: () => null, writeState: () => undefined });
