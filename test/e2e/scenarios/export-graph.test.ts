import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { fm } from "../../support/fm.ts";
import { textsOfXml } from "../../support/read-xml.ts";
import { scenario } from "../harness/scenario.ts";

const stage = (id: string, more: object = {}): object => ({ id, component_type: "logger", ...more });

const workspace = {
  "base.pipeline.json": JSON.stringify({
    name: "base",
    version: "1.0.0",
    stages: [
      stage("read", { config: { message: "one" } }),
      {
        id: "each",
        component_type: "foreach",
        depends_on: ["read"],
        config: { items: "{{ input.items }}", loop_stages: ["body"] },
      },
      stage("body", { config: { message: "two" } }),
    ],
  }),
  "child.pipeline.json": JSON.stringify({
    name: "child",
    version: "1.0.0",
    extends: "base",
    stages: [stage("tell <all>", { depends_on: ["each"], config: { message: "three" } })],
  }),
};

const stages = ["read", "each", "body", "tell <all>"];

scenario(
  "CE-18 Export Graph… writes SVG, PNG, Mermaid and DOT of what the pipeline is with all that it inherits",
  async ({ workbench, canvas, textEditor, page, folder }) => {
    const exportAs = async (format: string): Promise<void> => {
      await workbench.command("FlowMason: Export Graph…");
      await page.locator(".quick-input-list .monaco-list-row").getByText(format, { exact: true }).click();
    };
    /** Takes the name that the dialog has. */
    const accept = async (name: string): Promise<void> => {
      const field = page.locator(".quick-input-widget input[type='text']");
      await expect.poll(() => field.inputValue()).toBe(path.join(folder.path, name));
      await field.press("Enter");
    };
    const written = (name: string) => workbench.notification(`The graph was exported to ${name}.`);

    await workbench.openFile("child.pipeline.json");
    await canvas.ready();
    for (const [format, name, printed] of [
      ["Mermaid", "child.mmd", "mermaid"],
      ["DOT", "child.dot", "dot"],
      ["SVG", "child.svg", "svg"],
    ] as const) {
      await exportAs(format);
      await accept(name);
      await written(name).waitFor();
      const { stdout } = await fm(["graph", "child.pipeline.json", "--format", printed], {
        cwd: folder.path,
      });
      expect(folder.read(name)).toBe(stdout);
    }
    const svg = folder.read("child.svg");
    expect(textsOfXml(svg)).toEqual(expect.arrayContaining(stages));

    await exportAs("PNG");
    await accept("child.png");
    await written("child.png").waitFor();
    const png = readFileSync(path.join(folder.path, "child.png"));
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const picture = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const { width, height } = await createImageBitmap(new Blob([bytes]));
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
      const pixels = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? []);
      return { width, height, corner: pixels[0], colours: new Set(pixels).size };
    }, png.toString("base64"));
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    // Twice as large as it is drawn, on white, with boxes and smooth letters.
    expect(picture).toMatchObject({ width: 2 * Number(width), height: 2 * Number(height) });
    expect(picture.corner).toBe(0xff_ff_ff_ff);
    expect(picture.colours).toBeGreaterThan(50);
    await written("child.png").getByRole("button", { name: "Open" }).click();
    await workbench.tab("child.png").waitFor();

    await workbench.openFile("child.pipeline.json");
    await canvas.ready();
    folder.write("child.svg", "mine");
    await exportAs("SVG");
    await accept("child.svg");
    await page.locator(".quick-input-widget", { hasText: "already exists" }).waitFor();
    await page.keyboard.press("Escape");
    expect(folder.read("child.svg")).toBe("mine");

    await workbench.command("FlowMason: Open as Text");
    await textEditor.ready();
    await exportAs("PNG");
    await workbench.notification("PNG is drawn by the canvas").waitFor();
  },
  { workspace },
);
