import { type FrameLocator, type Locator, type Page, selectors } from "playwright-core";

/** Where a webview of ours is: in the tab of a file, in a tab of its own, or in a side bar. */
export type WebviewPlace = "canvas" | "panel" | "view";

const ENGINE = "webview";

/**
 * Makes it possible to find webviews by where they are; once, before the first page is opened. What VS Code writes into a
 * webview's address will not do: whether its purpose is there depends on which of two messages comes first.
 */
export async function registerWebviews(): Promise<void> {
  await selectors.register(ENGINE, engine);
}

/** The webviews in view at the place. */
export function webviewIn(page: Page, place: WebviewPlace): Locator {
  return page.locator(`${ENGINE}=${place}`).filter({ visible: true });
}

/** The page of ours in the webview at the place; it is two frames deep. */
export function pageIn(page: Page, place: WebviewPlace): FrameLocator {
  return webviewIn(page, place).contentFrame().locator("iframe#active-frame").contentFrame();
}

/** Runs in the page, where a webview lies over the place that it is for, which its style names. */
function engine(): object {
  const styled = (element: Element, property: string): string | undefined =>
    element instanceof HTMLElement ? element.style.getPropertyValue(property) : undefined;
  const placeOf = (webview: Element): WebviewPlace | undefined => {
    const content = webview.closest('[style*="position-anchor"]');
    if (content === null) return undefined;
    const name = styled(content, "position-anchor");
    const anchor = [...document.querySelectorAll('[style*="anchor-name"]')].find(
      (element) => styled(element, "anchor-name") === name,
    );
    if (anchor === undefined) return undefined;
    const group = anchor.closest(".editor-group-container");
    if (group === null) return "view";
    const title = group.querySelector(".tab.active .monaco-icon-label-container")?.textContent ?? "";
    // Of ours, a comparison and a merge have names of files too: "one ↔ other", "Merge: one".
    return title.includes(".json") && !/[:↔]/.test(title) ? "canvas" : "panel";
  };
  const queryAll = (root: Document | Element, place: string): readonly Element[] =>
    [...root.querySelectorAll("iframe.webview.ready")].filter((webview) => placeOf(webview) === place);
  return { queryAll, query: (root: Document | Element, place: string) => queryAll(root, place)[0] ?? null };
}
