import { rmSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { CLEAR_KEY, CLEARED } from "./test-keys.ts";
import { openWindow, type Server, type Window } from "./window.ts";
import { fillFolder, type WorkspaceContent, type WorkspaceFolder } from "./workspace-folder.ts";

/** A folder of a scenario's own in a window that others use before and after it. */
export interface Place {
  readonly window: Window;
  readonly folder: WorkspaceFolder;
  /** The folder's name in the window. */
  readonly name: string;
}

let kept: Window | undefined;
let places = 0;

/**
 * Opens a folder of the scenario's own in the window that scenarios share, which takes seconds less than a window. No
 * file has the path of one that was there before: VS Code may still hold that one's text.
 */
export async function openPlace(server: Server, content: WorkspaceContent): Promise<Place> {
  const window = kept ?? (await openWindow(server, { "flowmason.json": '{ "name": "shared" }\n' }));
  kept = undefined;
  places += 1;
  const name = `part-${places}`;
  const folder = fillFolder(path.join(window.folder.path, name), window.folder.path, content);
  return { window, folder, name };
}

/** Leaves the window to the next scenario as it was: nothing open, nothing running, no breakpoint, no file. */
export async function leavePlace({ window, folder }: Place): Promise<void> {
  const { page } = window;
  const tabs = page.locator(".tabs-container .tab");
  // On the icon of the debug view, which is there whatever view is open.
  const sessions = page.locator('.activitybar .action-item:has([aria-label^="Run and Debug"]) .badge');
  const input = page.locator('.quick-input-widget:not([style*="display: none"]) input[type="text"]');
  do {
    // Out of a webview, whose keys are its own.
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await page.keyboard.press(CLEAR_KEY);
    // Where the last of what the key does has been done, a pick list is there.
    await expect.poll(() => input.inputValue({ timeout: 60_000 }), { timeout: 60_000 }).toBe(CLEARED);
    await page.keyboard.press("Escape");
    await input.waitFor({ state: "hidden" });
    // Each press ends one debug session.
  } while ((await tabs.count()) > 0 || (await sessions.isVisible()));
  rmSync(folder.path, { recursive: true, force: true });
  kept = window;
}
