import type { Locator, Page } from "playwright-core";

/** The visible text editor. */
export interface TextEditor {
  /** Waits until it is there and has the keyboard, which it takes from whatever has it until then. */
  ready(): Promise<void>;
  line(text: string): Locator;
  /** Waits until the status bar has the caret in a line. What moves it, such as a command that reveals, may be slow. */
  caretIn(line1: number): Promise<void>;
  /** Puts the caret at the end of the first line that has the text, and types. */
  typeAfter(lineText: string, typed: string): Promise<void>;
  /** Waits until the caret is in a line, and deletes what follows it there. */
  deleteRestOfLine(line1: number): Promise<void>;
  /** Finds a text and types another in its place. */
  replace(found: string, typed: string): Promise<void>;
  /**
   * Rests the mouse on the first place in view that has the text, until `shown` is there; `word` is the part of it to
   * rest on.
   */
  hover(text: string, word: string, shown: Locator): Promise<void>;
  /** Where the debugger has stopped. */
  stoppedLine(): Locator;
}

/** The Monaco editor of the active group. */
export function createTextEditor(page: Page): TextEditor {
  const lines = page.locator(".editor-instance .monaco-editor .view-line");
  const focused = page.locator(".editor-instance .monaco-editor.focused");
  const line = (text: string) => lines.filter({ hasText: text }).first();
  return {
    ready: () => focused.waitFor(),
    line,
    caretIn: (line1) =>
      page
        .locator(".statusbar-item", { hasText: new RegExp(`^Ln ${line1}, Col \\d+$`) })
        .first()
        .waitFor(),
    async typeAfter(lineText, typed) {
      await line(lineText).click();
      await focused.waitFor();
      await page.keyboard.press("End");
      await page.keyboard.insertText(typed);
    },
    async deleteRestOfLine(line1) {
      const active = page.locator(".editor-instance .monaco-editor.focused .active-line-number");
      await active.filter({ hasText: new RegExp(`^${line1}$`) }).waitFor();
      await page.keyboard.press("Shift+End");
      await page.keyboard.press("Delete");
    },
    async replace(found, typed) {
      await focused.waitFor();
      await page.keyboard.press("Control+F");
      const field = page.locator(".editor-instance .find-widget.visible textarea[aria-label='Find']");
      await field.fill(found);
      await page.locator(".editor-instance .find-widget .matchesCount", { hasText: /^1 of 1/ }).waitFor();
      // The match stays selected when the find widget closes.
      await page.keyboard.press("Escape");
      await page.locator(".editor-instance .find-widget.visible").waitFor({ state: "hidden" });
      await page.keyboard.insertText(typed);
    },
    async hover(text, word, shown) {
      const found = line(text);
      // An editor may still scroll to the line where a run has stopped: the mouse follows the word.
      for (let attempt = 1; ; attempt += 1) {
        await found.waitFor();
        const place = await found.evaluate(middleOf, { text, word });
        // From elsewhere in the line: where the mouse was when a scroll hid what it showed, VS Code shows nothing again.
        await page.mouse.move(place.x - 100, place.y);
        await page.mouse.move(place.x, place.y);
        try {
          return await shown.waitFor({ timeout: 3000 });
        } catch (error) {
          if (attempt === 10) throw error;
        }
      }
    },
    stoppedLine: () => page.locator(".editor-instance .monaco-editor .debug-top-stack-frame-line"),
  };
}

/** Runs in the page. Where on the screen `word` is, in the first occurrence of `text` in a line of many spans. */
function middleOf(
  element: Element,
  { text, word }: { text: string; word: string },
): { x: number; y: number } {
  // The editor shows blanks as no-break spaces.
  const whole = (element.textContent ?? "").replaceAll("\u00a0", " ");
  const start = whole.indexOf(text) + text.indexOf(word) + Math.floor(word.length / 2);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (start < before + length) {
      const range = document.createRange();
      range.setStart(node, start - before);
      range.setEnd(node, start - before + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    before += length;
  }
  throw new Error(`"${text}" is not in the line`);
}
