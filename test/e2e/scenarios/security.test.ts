import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const sample = "summarize-feedback.pipeline.json";
const path = `pipelines/${sample}`;

scenario(
  "CE-01 CE-15 a sample opens under a policy that lets in nothing but its own, loads nothing from a network, and closing it leaves its bytes",
  async ({ workbench, canvas, folder, page }) => {
    const before = folder.read(path);
    const strangers = new Set<string>();
    const refusals: string[] = [];
    const own = new URL(page.url()).host;
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      // VS Code answers for its resource host itself, in a service worker: nothing of it leaves the machine.
      if (protocol.startsWith("http") && host !== own && !host.endsWith(".vscode-cdn.net"))
        strangers.add(host);
    });
    page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) refusals.push(message.text());
    });
    await workbench.openFile(sample);
    await canvas.ready();
    for (const id of ["complaints", "statistics", "summary", "report"]) await canvas.stage(id).waitFor();
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

    await canvas.select("report");
    await page.keyboard.press("Control+F");
    await canvas.frame.getByRole("combobox").or(canvas.frame.getByRole("searchbox")).first().waitFor();
    expect([...strangers]).toEqual([]);
    expect(refusals).toEqual([]);

    await workbench.command("View: Close Editor");
    await page.locator(".tabs-container .tab").waitFor({ state: "detached" });
    expect(folder.read(path)).toBe(before);
  },
  { window: "own" },
);
