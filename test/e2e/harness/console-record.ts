import type { Page } from "playwright-core";

/** Collects what the window writes to its console, and the errors nobody caught, from now on. */
export function recordConsole(page: Page): readonly string[] {
  const lines: string[] = [];
  page.on("console", (message) => lines.push(`[${message.type()}] ${message.text()}`));
  page.on("pageerror", (error) => lines.push(`[uncaught] ${error.stack ?? error.message}`));
  return lines;
}
