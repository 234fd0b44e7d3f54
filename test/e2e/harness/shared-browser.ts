import { type Browser, chromium } from "playwright-core";
import { inject } from "vitest";
import { registerWebviews } from "../pages/webviews.ts";

let connected: Promise<Browser> | undefined;

/** The worker's one connection to the browser of the global set-up, which closes it. */
export function sharedBrowser(): Promise<Browser> {
  connected ??= registerWebviews().then(() => chromium.connect(inject("stage").browserEndpoint));
  return connected;
}
