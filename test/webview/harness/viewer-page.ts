import {
  createChannel,
  type PartOfValue,
  type ReadValue,
  type ShownValue,
  valueCopy,
  valueDefect,
  valueDiff,
  valueOpenDocument,
  valueRead,
  valueReady,
} from "#protocol";
import { openViewer } from "#webview";
import { createPortPair } from "./port-pair.ts";

/** The extension in the place of VS Code's: it has answers for the parts of one value that a test may ask for. */
declare global {
  interface Window {
    viewer: {
      /** What the view has kept, in order. */
      readonly kept: unknown[];
      /** What the view has asked for, in order. */
      readonly log: string[];
    };
  }
}

/** A value, and its other parts: each answers what is asked for that has the same words in it. */
export interface ViewedValue {
  readonly value: ReadValue;
  readonly parts: readonly { readonly part: PartOfValue; readonly page: ReadValue["page"] }[];
}

// The test has put it there before it opened the page.
const { value, parts }: ViewedValue = JSON.parse(window.name);
const { host, view } = createPortPair();
const channel = createChannel(host, (error) => {
  throw error;
});
const log: string[] = [];
const kept: unknown[] = [];
window.viewer = { log, kept };
channel.onRequest(valueReady, (): ShownValue => ({ kind: "read", value }));
channel.onRequest(valueRead, (asked): ShownValue => {
  log.push(`read ${JSON.stringify(asked)}`);
  const found = parts.find(({ part }) => JSON.stringify(part) === JSON.stringify(asked));
  return found === undefined
    ? { kind: "refused", message: "The debug session is over." }
    : { kind: "read", value: { ...value, page: found.page } };
});
channel.onEvent(valueCopy, ({ expression }) => log.push(`copy ${expression}`));
channel.onEvent(valueOpenDocument, () => log.push("document"));
channel.onEvent(valueDiff, () => log.push("compare"));
channel.onEvent(valueDefect, ({ message }) => log.push(`defect ${message}`));

const root = document.getElementById("root");
if (root !== null)
  openViewer(root, { ...view, readState: () => null, writeState: (state) => void kept.push(state) });
