import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageMarkup } from "../../extension/page-markup.ts";
import { browserOptions } from "../../scripts/launch/browser.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch(await browserOptions());
});

afterAll(() => browser.close());

test("CE-13 the page of a canvas says that it loads, on the screen, before its style sheet and script are there", async () => {
  // What fades in is no first paint to Chromium.
  const page = await browser.newPage({ reducedMotion: "reduce" });
  const asked: string[] = [];
  // Neither is ever answered.
  await page.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname !== "/") return;
    const nonce = "n";
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src http://canvas.test 'nonce-${nonce}'`;
    const body = pageMarkup({
      title: "Pipeline",
      opening: "Loading the pipeline…",
      script: "/webview.js",
      styles: "/webview.css",
      policy,
      nonce,
    });
    return route.fulfill({ contentType: "text/html; charset=utf-8", body });
  });
  await page.goto("http://canvas.test/", { waitUntil: "commit" });
  await page.getByRole("status").getByText("Loading the pipeline…").waitFor();
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  expect(asked).toContain("/webview.css");
  expect(asked).toContain("/webview.js");
  await page.close();
});
