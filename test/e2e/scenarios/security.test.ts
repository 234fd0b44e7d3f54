import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

scenario(
  "CE-15 the canvas runs under a policy that lets in nothing but its own script, style, font and pictures that it makes",
  async ({ workbench, canvas }) => {
    await workbench.openFile("summarize-feedback.pipeline.json");
    await canvas.ready();
    const policy = await canvas.frame
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute("content");
    const [defaults, script, style, font, ...more] = (policy ?? "").split("; ");
    expect(defaults).toBe("default-src 'none'");
    expect(script).toMatch(/^script-src 'nonce-[A-Za-z0-9_-]{22}'$/);
    expect(font).toMatch(
      /^font-src [^ ]*\.vscode-cdn\.net( 'self')?$|^font-src 'self' [^ ]*\.vscode-cdn\.net$/,
    );
    // The editors in the inspector make a style sheet of their own, with the nonce.
    expect(style).toBe(`${font?.replace("font-src", "style-src")} ${script?.replace("script-src ", "")}`);
    // What the page has made itself, and nothing that has an address.
    expect(more).toEqual(["img-src blob:", "worker-src blob:"]);
    // A nonce is good for one page.
    const nonce = await canvas.frame.locator("script[type=module]").evaluate((element) => element.nonce);
    expect(script).toBe(`script-src 'nonce-${nonce}'`);
  },
);
