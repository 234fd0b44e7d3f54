import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { beforeAll, inject } from "vitest";
import { pathOf, type Theme, type View, type Workers } from "./serve-pages.ts";

/** Pages of the one browser. */
export interface Pages {
  /** A page that shows the view, which reads `options` from `window.name`. */
  open(options: unknown, how: Opening): Promise<OpenedPage>;
}

interface Opening {
  readonly view: View;
  readonly theme: Theme;
  readonly workers: Workers;
  readonly width: number;
  readonly height: number;
}

export interface OpenedPage {
  readonly page: Page;
  /** Uncaught errors and what the console warned of; a breach of the policy is among them. */
  readonly errors: readonly string[];
  /** Gives the page back: the next test goes on with it. */
  close(): Promise<void>;
}

interface Tab {
  readonly page: Page;
  errors: string[];
}

/**
 * Pages for all tests of a file. A tab is used again, as a new one compiles all scripts anew, which takes a second;
 * nothing of a test is left in it but the scripts.
 */
export function sharePages(): Pages {
  const { address, endpoint } = inject("browser");
  const free: Tab[] = [];
  let context: BrowserContext;
  beforeAll(async () => {
    const browser: Browser = await chromium.connect(endpoint);
    context = await browser.newContext({ reducedMotion: "reduce" });
    return async () => {
      await context.close();
      await browser.close();
    };
  });

  return {
    async open(options, { view, theme, workers, width, height }) {
      const tab = free.pop() ?? (await newTab(context, address));
      const { page } = tab;
      const errors: string[] = [];
      tab.errors = errors;
      await page.setViewportSize({ width, height });
      await page.evaluate((given) => {
        sessionStorage.clear();
        // Unlike a script of the browser's, a name can be another for each test; it outlives a reload.
        window.name = given;
      }, JSON.stringify(options));
      await page.goto(`${address}${pathOf(view, theme, workers)}`);
      let isOpen = true;
      return {
        page,
        errors,
        async close() {
          if (!isOpen) return;
          isOpen = false;
          await leave(page, address);
          free.push(tab);
        },
      };
    },
  };
}

async function newTab(context: BrowserContext, address: string): Promise<Tab> {
  const page = await context.newPage();
  const tab: Tab = { page, errors: [] };
  page.on("pageerror", ({ message }) => tab.errors.push(message));
  page.on("console", (said) => {
    if (said.type() === "error" || said.type() === "warning") tab.errors.push(said.text());
  });
  await page.goto(`${address}blank`);
  return tab;
}

/** What a test may have left in a tab and its context: keys and buttons held down, media, permissions. */
async function leave(page: Page, address: string): Promise<void> {
  await page.goto(`${address}blank`);
  for (const key of ["Shift", "Control", "Alt", "Meta"]) await page.keyboard.up(key);
  await page.mouse.up();
  await page.mouse.move(0, 0);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.context().clearPermissions();
}
