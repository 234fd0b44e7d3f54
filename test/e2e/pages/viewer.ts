import type { FrameLocator, Locator, Page } from "playwright-core";

/** The viewer of a value of a run, in a tab of its own. */
export interface Viewer {
  cell(text: string): Locator;
  button(name: string): Locator;
}

/** That of the page's tab in front. */
export function createViewer(page: Page): Viewer {
  // Unlike those of custom editors and of views, the address of a panel's webview tells no purpose.
  const frame = (): FrameLocator =>
    page
      .frameLocator('iframe.webview[src*="extensionId=flowmason.flowmason"]:not([src*="purpose="])')
      .frameLocator("iframe#active-frame");
  return {
    cell: (text) => frame().getByRole("cell", { name: text }),
    button: (name) => frame().getByRole("button", { name, exact: true }),
  };
}
