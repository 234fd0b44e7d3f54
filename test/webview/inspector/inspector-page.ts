import type { Locator } from "playwright-core";
import type { CanvasPage } from "../harness/canvas-page.ts";
import type { HostOptions } from "../harness/fake-host.ts";
import type { Theme } from "../harness/serve-pages.ts";
import { shareHarness } from "../harness/share-harness.ts";
import { pipelineText } from "../pipelines.ts";

/** A stage with a prompt, and one with a key that nobody knows. */
export const text = pipelineText([
  { id: "ask", component_type: "generator", config: { prompt: "Hello", temperature: 0.5 } },
  { id: "get", component_type: "http_request", config: { url: "https://example.com" }, mine: { keep: [1] } },
]);

/** The inspector beside a canvas. */
export interface InspectorPage {
  /** The canvas that was opened last. */
  canvas(): CanvasPage;
  /** Opens {@link text}, or the text of the options. */
  open(
    options?: Partial<HostOptions>,
    view?: { readonly width?: number; readonly theme?: Theme },
  ): Promise<void>;
  select(stage: string): Promise<void>;
  field(path: string): Locator;
  /** The same, once it is a CodeMirror. */
  editor(path: string): Locator;
  row(path: string): Locator;
  /** The edits that were asked of the extension. */
  edits(): Promise<readonly string[]>;
}

/** For all tests of a file. */
export function shareInspector(): InspectorPage {
  const harness = shareHarness();
  let opened: CanvasPage | undefined;
  const canvas = (): CanvasPage => {
    if (opened === undefined) throw new Error("The test has opened no canvas yet.");
    return opened;
  };
  return {
    canvas,
    async open(options = {}, view = {}) {
      opened = await harness.open({ text, ...options }, view);
    },
    async select(stage) {
      await canvas().stage(stage).locator(".stage-icon").click();
      await canvas().page.locator(".inspector-heading", { hasText: stage }).waitFor();
    },
    field: (path) => canvas().page.locator(`[data-field="${path}"]`),
    editor: (path) => canvas().page.locator(`.cm-content[data-field="${path}"]`),
    row: (path) => canvas().page.locator(`.field[data-path="${path}"]`),
    edits: async () => (await canvas().log()).filter((line) => line.startsWith("edit ")),
  };
}
