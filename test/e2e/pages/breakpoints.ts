import type { Locator, Page } from "playwright-core";

/** Breakpoints as the text editor's gutter shows them. */
export interface Breakpoints {
  /** Clicks into the gutter beside the first line that has the text. */
  toggleInGutter(lineText: string): Promise<void>;
  inGutter(): Locator;
}

/** The gutter of the active text editor. */
export function createBreakpoints(page: Page): Breakpoints {
  const editor = page.locator(".editor-instance .monaco-editor");
  return {
    async toggleInGutter(lineText) {
      const line = await box(editor.locator(".view-line", { hasText: lineText }).first());
      const margin = await box(editor.locator(".margin").first());
      await page.mouse.click(margin.x + 10, line.y + line.height / 2);
    },
    inGutter: () => editor.locator(".codicon-debug-breakpoint"),
  };
}

async function box(locator: Locator): Promise<{ x: number; y: number; height: number }> {
  // Unlike waiting for it to be there, this also waits until it stands still: an editor that reveals still moves.
  await locator.scrollIntoViewIfNeeded();
  const found = await locator.boundingBox();
  if (found === null) throw new Error("The element has no place on the screen");
  return found;
}
