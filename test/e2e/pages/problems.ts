import type { Locator, Page } from "playwright-core";
import type { Workbench } from "./workbench.ts";

/** The Problems panel. */
export interface Problems {
  show(): Promise<void>;
  row(text: string): Locator;
}

/** The Problems panel of a window. */
export function createProblems(page: Page, workbench: Workbench): Problems {
  return {
    show: () => workbench.command("Problems: Focus on Problems View"),
    row: (text) => page.locator(".markers-panel .monaco-list-row", { hasText: text }),
  };
}
