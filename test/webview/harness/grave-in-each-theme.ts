import axe from "axe-core";
import type { Page } from "playwright-core";
import { bodyClasses, type Theme } from "./serve-pages.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const themes: readonly Theme[] = ["dark", "light", "high-contrast", "high-contrast-light"];

/**
 * What axe finds in the page as it is that keeps somebody from using it, in each theme in turn: theme, rule and where,
 * for each place. The page is dark before and afterwards. With FLOWMASON_SCREENSHOTS, `name` is looked at in each theme.
 */
export async function graveInEachTheme(page: Page, name: string): Promise<readonly string[]> {
  // Through the debugger, which the page's policy does not concern.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found: string[] = [];
  for (const theme of themes) {
    if (theme !== "dark") await show(page, theme);
    const folder = process.env["FLOWMASON_SCREENSHOTS"];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${theme}.png` });
    for (const grave of await graveFindings(page, theme === "dark" ? "all" : "colours"))
      found.push(`${theme}: ${grave}`);
  }
  await show(page, "dark");
  return found;
}

/** Has the page in another theme, as VS Code does while it is open. */
async function show(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(
    async ({ style, classes, all }) => {
      const link = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].find(({ href }) =>
        all.some((each) => new URL(href).pathname === `/${each}.css`),
      );
      if (link === undefined) throw new Error("The page has no style sheet of a theme");
      const loaded = new Promise((resolve, reject) => {
        link.onload = resolve;
        link.onerror = reject;
      });
      link.href = style;
      await loaded;
      document.body.className = classes;
      // Colours that fade into each other are there at once; what is painted rather than styled takes a frame.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    },
    { style: `/${theme}.css`, classes: bodyClasses(theme), all: themes },
  );
}

/** Another theme has other colours, and is the same page otherwise. */
async function graveFindings(page: Page, rules: "all" | "colours"): Promise<readonly string[]> {
  const { violations } = await page.evaluate(
    (which) =>
      window.axe.run({
        resultTypes: ["violations"],
        ...(which === "all" ? {} : { runOnly: ["color-contrast", "link-in-text-block"] }),
      }),
    rules,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
    );
}
