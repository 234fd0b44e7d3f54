import type { Page } from "playwright-core";

/** Characters of each part that are told. */
const MOST = 400;

/** A failure that tells what was on the screen too. The report takes it from the stack, which has the message as it was made. */
export async function withScreen(error: unknown, page: Page): Promise<unknown> {
  if (error instanceof Error) error.stack = `${error.stack ?? error.message}\n${await onScreen(page)}`;
  return error;
}

/**
 * What a person would see of the window, in words, for the message of a failure: where nobody can open the screenshot,
 * such as after a run on a server that keeps no files, this has to do.
 */
async function onScreen(page: Page): Promise<string> {
  const texts = async (selector: string): Promise<string> =>
    (await page.locator(`${selector}:visible`).allInnerTexts()).map(shortened).join(" | ");
  const parts = [
    `Active tab: ${await texts(".tabs-container .tab.active")}`,
    `Tabs: ${await texts(".tabs-container .tab")}`,
    `Messages: ${await texts(".notification-toast")}`,
    `Pick list: ${await texts(".quick-input-widget")}`,
    `Dialogs: ${await texts(".monaco-dialog-box")}`,
    `Status bar: ${await texts(".statusbar")}`,
    `Call stack: ${await texts(".debug-call-stack .monaco-list-row")}`,
  ];
  for (const webview of await page.locator("iframe.webview:visible").all()) {
    const body = webview.contentFrame().locator("iframe#active-frame").contentFrame().locator("body");
    // A frame that is being loaded has no text yet, which is worth telling too.
    const text = await body.innerText({ timeout: 2000 }).catch(() => "(nothing loaded)");
    parts.push(`Webview: ${shortened(text)}`);
  }
  return parts.filter((part) => !part.endsWith(": ")).join("\n");
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}
