import {
  createChannel,
  mergeChoose,
  mergeComplete,
  mergeOpenText,
  mergeRedo,
  mergeUndo,
  mergeView,
  type ShownMerge,
} from "#protocol";
import { openMerge } from "#webview";
import { createPortPair } from "./port-pair.ts";

/** The extension in the place of VS Code's, which shows what the test has written into `window.name`; null: nothing yet. */
declare global {
  interface Window {
    merge: {
      /** What the view has asked for, in order. */
      readonly log: string[];
      /** What it has kept of itself for when the window is loaded anew. */
      readonly kept: unknown[];
      show(shown: ShownMerge): void;
      step(to: "next" | "previous"): void;
    };
  }
}

const { host, view } = createPortPair();
const channel = createChannel(host, (error) => {
  throw error;
});
const given: ShownMerge | null = JSON.parse(window.name);
const log: string[] = [];
const kept: unknown[] = [];
window.merge = {
  log,
  kept,
  show: (shown) => channel.emit(mergeView.shown, shown),
  step: (to) => channel.emit(mergeView.step, { to }),
};
channel.onRequest(mergeView.ready, () => given ?? new Promise<never>(() => undefined));
channel.onEvent(mergeChoose, ({ decision, choice }) => {
  log.push(`choose ${decision} ${JSON.stringify(choice)}`);
});
channel.onEvent(mergeUndo, () => void log.push("undo"));
channel.onEvent(mergeRedo, () => void log.push("redo"));
channel.onEvent(mergeComplete, () => void log.push("complete"));
channel.onEvent(mergeOpenText, ({ side }) => void log.push(`open ${side}`));
channel.onEvent(mergeView.defect, ({ message }) => void log.push(`defect ${message}`));

const root = document.getElementById("root");
const port = {
  ...view,
  readState: () => null,
  writeState: (state: unknown) => void kept.push(state),
};
if (root !== null) openMerge(root, port);
