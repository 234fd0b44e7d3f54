import type { LaunchOptions } from "playwright-core";
import { installChromium } from "../install/chromium.ts";

/** How tests start the browser: no network of its own, and no sandbox, since it shows only our pages. */
export async function browserOptions(): Promise<LaunchOptions> {
  return {
    executablePath: await installChromium(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
