import * as vscode from "vscode";
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
import { webviewPort } from "../canvas/webview-port.ts";
import { type Edge, isRefusal } from "../edge.ts";
import { VALUE_VIEW_TYPE } from "../identifiers.ts";
import { type Page, pageHtml } from "../page-html.ts";
import { type ReadSession, readValue } from "./read-value.ts";
import type { ValueTexts } from "./value-texts.ts";

const page: Page = {
  name: "viewer",
  title: "Value",
  opening: "Loading the value…",
  needs: ["own-pictures"],
};

interface ValueHost {
  readonly edge: Edge;
  readonly dist: vscode.Uri;
  readonly texts: ValueTexts;
}

/**
 * Opens a viewer on a value of a session. It stays what it was when the run goes on; when the session is over, what is
 * shown stays and no more of it can be read, and so it is after a reload of the window.
 */
export function openValuePanel(
  session: ReadSession & vscode.Disposable,
  value: ReadValue,
  host: ValueHost,
): void {
  const panel = vscode.window.createWebviewPanel(
    VALUE_VIEW_TYPE,
    value.name,
    { viewColumn: vscode.ViewColumn.Active },
    { retainContextWhenHidden: true },
  );
  fillValuePanel(panel, session, value, host);
}

/** Shows it in a panel that is there. */
export function fillValuePanel(
  panel: vscode.WebviewPanel,
  session: ReadSession & vscode.Disposable,
  value: ReadValue,
  { edge, dist, texts }: ValueHost,
): void {
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.iconPath = new vscode.ThemeIcon("preview");
  const { webview } = panel;
  const channel = createChannel(webviewPort(webview), edge.report);

  const read = async (part: PartOfValue): Promise<ShownValue> => {
    try {
      return { kind: "read", value: await readValue(session, { ...part, value: value.value }) };
    } catch (error) {
      // It is for the viewer to say, which stands there in its place.
      if (isRefusal(error)) return { kind: "refused", message: error.message };
      throw error;
    }
  };

  channel.onRequest(valueReady, (): ShownValue => ({ kind: "read", value }));
  channel.onRequest(valueRead, read);
  channel.onEvent(valueCopy, ({ expression }) => {
    void edge.run("copying a path", () => vscode.env.clipboard.writeText(expression));
  });
  channel.onEvent(valueOpenDocument, () => {
    void edge.run("opening a value as a document", () => texts.open(session, value));
  });
  channel.onEvent(valueDiff, () => {
    void edge.run("comparing a value", () => texts.compare(session, value));
  });
  channel.onEvent(valueDefect, ({ message }) => edge.log.error(`value viewer: ${message}`));
  panel.onDidDispose(() => {
    channel.dispose();
    session.dispose();
  });
  webview.html = pageHtml(page, webview, dist);
}
