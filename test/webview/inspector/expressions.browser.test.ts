import { describe, expect, test } from "vitest";
import { pipelineText } from "../pipelines.ts";
import { shareInspector, text } from "./inspector-page.ts";

declare global {
  interface Window {
    /** How often the key for undoing has got out of the page. */
    undone?: number;
  }
}

const { canvas, open, select, field, editor, row } = shareInspector();

describe("an editor of text with expressions", () => {
  const completions = {
    from: 3,
    items: [
      { label: "input", kind: "root", detail: "object", about: "The pipeline's input." },
      { label: "len", kind: "function", detail: "len(value)", about: "" },
    ],
  } as const;

  test("LS-03 completes names while typing, and takes one by Enter without leaving the field", async () => {
    await open({ completions });
    await select("ask");
    const prompt = editor("config.prompt");
    await prompt.fill("");
    await prompt.pressSequentially("{{ i");
    await canvas().page.getByRole("option", { name: "input" }).waitFor();
    // What was offered at the blank is enough for the next letter.
    expect(await canvas().log()).toContainEqual(expect.stringMatching(/^complete \{\{ i?$/));
    await prompt.press("Enter");
    await prompt.pressSequentially(".q }}");
    await prompt.press("Control+Enter");
    await expect.poll(() => canvas().text()).toContain('"prompt": "{{ input.q }}"');
  });

  test("LS-03 completes, colours and explains names in the texts of JSON as in a prompt", async () => {
    await open({ completions, hover: { from: 3, to: 8, title: "input: object", about: "" } });
    await select("get");
    const headers = editor("config.headers");
    await headers.fill('{ "X-\\u0041": "{{ i" }');
    for (let back = 0; back < 3; back += 1) await headers.press("ArrowLeft");
    await headers.pressSequentially("n");
    await canvas().page.getByRole("option", { name: "input" }).waitFor();
    expect(await canvas().log()).toContain("complete {{ in");
    await headers.press("Enter");
    await headers.pressSequentially(".q }}");
    await headers.press("Control+Enter");
    await expect
      .poll(async () => JSON.parse(await canvas().text()).stages[1].config.headers)
      .toEqual({ "X-A": "{{ input.q }}" });
    await headers.locator(".code-variable", { hasText: "input" }).hover();
    await canvas().page.locator(".code-hover", { hasText: "input: object" }).waitFor();
  });

  test("underlines a problem of a text in JSON where it is", async () => {
    const problem = {
      stage: "get",
      severity: "error",
      code: "FM1201",
      message: "There is no such name.",
      line0: 7,
      path: ["config", "headers", "b"],
      within: { from: 3, to: 7 },
    } as const;
    const config = { url: "u", headers: { a: "x", b: "{{ nope }}" } };
    await open({
      text: pipelineText([{ id: "get", component_type: "http_request", config }]),
      problems: [problem],
    });
    await select("get");
    await field("config.headers")
      .locator(".cm-lintRange-error", { hasText: /^nope$/ })
      .waitFor();
  });

  test("colours expressions and says what a name is", async () => {
    await open({
      text: text.replace("Hello", "Hi {{ input.q }}"),
      hover: { from: 6, to: 11, title: "input: object", about: "" },
    });
    await select("ask");
    await field("config.prompt").locator(".code-variable", { hasText: "input" }).hover();
    await canvas().page.locator(".code-hover", { hasText: "input: object" }).waitFor();
  });

  test("underlines a problem where it is, and says it below; a click on its code goes to its line", async () => {
    const problem = {
      stage: "ask",
      severity: "error",
      code: "FM1201",
      message: "There is no such name.",
      line0: 7,
      path: ["config", "prompt"],
      within: { from: 0, to: 5 },
    } as const;
    await open({ problems: [problem] });
    await select("ask");
    await field("config.prompt").locator(".cm-lintRange-error", { hasText: "Hello" }).waitFor();
    await row("config.prompt").getByText("There is no such name.").waitFor();
    await row("config.prompt").getByRole("button", { name: "FM1201" }).click();
    await expect.poll(() => canvas().log()).toContain("go to 7:0");
  });

  test("undoes what was typed by itself, and leaves what is in the file to VS Code", async () => {
    await open();
    await select("ask");
    await canvas().page.evaluate(() => {
      window.addEventListener("keydown", ({ key, ctrlKey }) => {
        if (ctrlKey && key === "z") window.undone = (window.undone ?? 0) + 1;
      });
    });
    const undone = (): Promise<number> => canvas().page.evaluate(() => window.undone ?? 0);
    const prompt = editor("config.prompt");
    await prompt.press("End");
    await prompt.pressSequentially("!");
    await prompt.press("Control+z");
    expect(await prompt.innerText()).toBe("Hello");
    expect(await undone()).toBe(0);
    await prompt.pressSequentially("?");
    await expect.poll(() => canvas().text()).toContain("Hello?");
    await prompt.press("Control+z");
    expect(await undone()).toBe(1);
    expect(await prompt.innerText()).toBe("Hello?");
  });
});
