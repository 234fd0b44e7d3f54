import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

scenario(
  "CE-15 the canvas runs under a policy that lets in nothing but its own script, style and font",
  async ({ workbench, canvas }) => {
    await workbench.openFile("summarize-feedback.pipeline.json");
    await canvas.ready();
    const policy = await canvas.frame
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute("content");
    const [defaults, script, style, font, ...more] = (policy ?? "").split("; ");
    expect(defaults).toBe("default-src 'none'");
    expect(script).toMatch(/^script-src 'nonce-[A-Za-z0-9_-]{22}'$/);
    expect(style).toMatch(
      /^style-src [^ ]*\.vscode-cdn\.net( 'self')?$|^style-src 'self' [^ ]*\.vscode-cdn\.net$/,
    );
    expect(font).toBe(style?.replace("style-src", "font-src"));
    expect(more).toEqual([]);
    // A nonce is good for one page.
    const nonce = await canvas.frame.locator("script[type=module]").evaluate((element) => element.nonce);
    expect(script).toBe(`script-src 'nonce-${nonce}'`);
  },
);
