import type { Dialog, Locator, Page } from "playwright-core";
import { webviewIn } from "./webviews.ts";

/** The VS Code window: palette, files, tabs, messages. */
export interface Workbench {
  ready(): Promise<void>;
  /** Runs a command by its title in the palette. */
  command(title: string): Promise<void>;
  /** Opens a file of the workspace by its name, in its default editor. */
  openFile(name: string): Promise<void>;
  /** Waits until the active editor has unsaved changes. */
  dirty(): Promise<void>;
  /** Saves the active editor once it has unsaved changes: the canvas shows an edit, or its undo, before the document has it. */
  save(): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Moves the focus from a webview to the workbench: keys then go to commands. */
  focusActiveTab(): Promise<void>;
  /** Loads the window anew, as soon as VS Code has put unsaved text away and lets it go. */
  reload(): Promise<void>;
  tab(name: string): Locator;
  activeTab(): Locator;
  /** Notification toasts. */
  notification(text: string): Locator;
  /** The row of an open pick list. */
  pickRow(text: string): Locator;
  /** Chooses from an open context menu, by the key: it takes no click until it has been there for a while. */
  chooseInMenu(label: string): Promise<void>;
  /** Fills the open input box and accepts it. */
  answer(text: string): Promise<void>;
}

/** Languages of extensions: VS Code itself knows only plain text. */
const fileOfKnownLanguage =
  '[class*="-lang-file-icon"]:not(.unknown-lang-file-icon, .plaintext-lang-file-icon)';

/** The workbench of a page that has opened VS Code; `place` is the folder of the workspace in which files are opened. */
export function createWorkbench(page: Page, place: string): Workbench {
  const input = page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]');
  const rows = page.locator(".quick-input-list .monaco-list-row");
  const activeTab = page.locator(".tabs-container .tab.active");

  /**
   * Opens a pick list by a key, types, and clicks the first of `wanted`. A list has what was known when it opened, so it
   * is opened again until it has what an extension that is still starting, or a file that has just been written, adds.
   */
  async function pick(key: string, typed: string, wanted: Locator): Promise<void> {
    const attempts = 10;
    for (let attempt = 1; ; attempt += 1) {
      await openList(key);
      await input.fill(typed);
      try {
        // Longer each time: a slow machine may need more than a short wait for any list at all.
        await wanted.first().waitFor({ timeout: attempt * 2000 });
        break;
      } catch (error) {
        if (attempt === attempts) throw error;
        // In the list itself: what came forward meanwhile may have taken the keys.
        await input.press("Escape");
        await input.waitFor({ state: "hidden" });
      }
    }
    await take(wanted.first());
  }

  /** Presses the key until the list is there: a webview that comes forward has the keys, and until it is loaded none is heard. */
  async function openList(key: string): Promise<void> {
    const attempts = 5;
    for (let attempt = 1; ; attempt += 1) {
      await page.keyboard.press(key);
      try {
        await input.waitFor({ timeout: attempt * 5000 });
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
      }
    }
  }

  /**
   * Clicks on a row until it is gone, which it is at once where it took the click: one that is drawn anew between
   * press and release, as when results come from another source, takes none. Not Enter: another may be the first row.
   */
  async function take(row: Locator): Promise<void> {
    const attempts = 5;
    for (let attempt = 1; ; attempt += 1) {
      await row.click();
      try {
        await row.waitFor({ state: "hidden", timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === attempts) throw error;
      }
    }
  }

  const command = (title: string): Promise<void> => pick("F1", `>${title}`, rows.filter({ hasText: title }));
  const dirty = (): Promise<void> => page.locator(".tabs-container .tab.active.dirty").waitFor();

  /**
   * Opens a file. A pipeline that is opened before the custom editors are registered, of which VS Code does not tell,
   * opens as text, and from the list of recent files again and again; then the user's own way leads to its canvas.
   */
  async function openFile(name: string): Promise<void> {
    const isNew = (await page.locator(".tabs-container .tab", { hasText: name }).count()) === 0;
    await pick(
      "Control+P",
      place === "" ? name : `${place}/${name}`,
      rows.filter({ hasText: name }).filter({ hasText: place }),
    );
    await activeTab.filter({ hasText: name }).first().waitFor();
    if (!isNew || !name.endsWith(".pipeline.json")) return;
    const text = page.locator(".editor-instance .monaco-editor .view-line").first();
    const canvas = webviewIn(page, "canvas").first();
    await text.or(canvas).first().waitFor();
    if (!(await text.isVisible())) return;
    await command("FlowMason: Open as Pipeline");
    await canvas.waitFor();
  }

  async function ready(): Promise<void> {
    await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
    await page.locator(".statusbar-item").first().waitFor();
    // A file that is opened before the extensions are registered opens as text: a window that has never known a
    // custom editor does not wait for them. Languages come with the same registration, and show in the icons.
    await page.locator(`.explorer-folders-view ${fileOfKnownLanguage}`).first().waitFor({ timeout: 60_000 });
  }

  return {
    ready,
    command,
    openFile,
    dirty,
    async save() {
      await dirty();
      await page.keyboard.press("Control+S");
      await page.locator(".tabs-container .tab.active:not(.dirty)").waitFor();
    },
    undo: () => page.keyboard.press("Control+Z"),
    redo: () => page.keyboard.press("Control+Shift+Z"),
    focusActiveTab: () => activeTab.first().click(),
    async reload() {
      for (;;) {
        const listening = new AbortController();
        const outcome = await new Promise<"loaded" | "kept">((resolve, reject) => {
          const loaded = (): void => resolve("loaded");
          // VS Code asks whether to leave while it still writes unsaved text to its own store.
          const asked = (dialog: Dialog): void => void dialog.dismiss().then(() => resolve("kept"), reject);
          page.once("load", loaded).once("dialog", asked);
          listening.signal.addEventListener("abort", () => page.off("load", loaded).off("dialog", asked));
          command("Developer: Reload Window").catch(reject);
        }).finally(() => listening.abort());
        if (outcome === "loaded") return await ready();
      }
    },
    tab: (name) => page.locator(".tabs-container .tab", { hasText: name }),
    activeTab: () => activeTab,
    notification: (text) => page.locator(".notification-toast", { hasText: text }),
    pickRow: (text) => rows.filter({ hasText: text }).first(),
    async chooseInMenu(label) {
      await page.getByRole("menuitem", { name: label }).hover();
      await page.keyboard.press("Enter");
    },
    async answer(text) {
      await input.waitFor();
      await input.fill(text);
      await page.keyboard.press("Enter");
    },
  };
}
