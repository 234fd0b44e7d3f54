import type { Locator, Page } from "playwright-core";

/** The visible text editor. */
export interface TextEditor {
  ready(): Promise<void>;
  line(text: string): Locator;
  /** Puts the caret at the end of the first line that has the text, and types. */
  typeAfter(lineText: string, typed: string): Promise<void>;
  /** Finds a text and types another in its place. */
  replace(found: string, typed: string): Promise<void>;
  /** Where the debugger has stopped. */
  stoppedLine(): Locator;
}

/** The Monaco editor of the active group. */
export function createTextEditor(page: Page): TextEditor {
  const lines = page.locator(".editor-instance .monaco-editor .view-line");
  const line = (text: string) => lines.filter({ hasText: text }).first();
  return {
    ready: () => lines.first().waitFor(),
    line,
    async typeAfter(lineText, typed) {
      await line(lineText).click();
      await page.keyboard.press("End");
      await page.keyboard.insertText(typed);
    },
    async replace(found, typed) {
      await page.locator(".editor-instance .monaco-editor.focused").waitFor();
      await page.keyboard.press("Control+F");
      const field = page.locator(".editor-instance .find-widget.visible textarea[aria-label='Find']");
      await field.fill(found);
      await page.locator(".editor-instance .find-widget .matchesCount", { hasText: /^1 of 1/ }).waitFor();
      // The match stays selected when the find widget closes.
      await page.keyboard.press("Escape");
      await page.keyboard.insertText(typed);
    },
    stoppedLine: () => page.locator(".editor-instance .monaco-editor .debug-top-stack-frame-line"),
  };
}
