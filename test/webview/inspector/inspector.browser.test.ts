import axe from "axe-core";
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { HostOptions } from "../harness/fake-host.ts";
import { type CanvasPage } from "../harness/open-harness.ts";
import { shareHarness } from "../harness/share-harness.ts";
import { pipelineText } from "../pipelines.ts";

declare global {
  interface Window {
    axe: typeof axe;
    /** How often the key for undoing has got out of the page. */
    undone?: number;
  }
}

const harness = shareHarness();
let canvas: CanvasPage;

const text = pipelineText([
  { id: "ask", component_type: "generator", config: { prompt: "Hello", temperature: 0.5 } },
  { id: "get", component_type: "http_request", config: { url: "https://example.com" }, mine: { keep: [1] } },
]);

async function open(
  options: Partial<HostOptions> = {},
  view: { readonly width?: number } = {},
): Promise<void> {
  canvas = await harness.open({ text, ...options }, view);
}

async function select(stage: string): Promise<void> {
  await canvas.stage(stage).locator(".stage-icon").click();
  await canvas.page.locator(".inspector-heading", { hasText: stage }).waitFor();
}

const field = (path: string): Locator => canvas.page.locator(`[data-field="${path}"]`);
/** The same, once it is a CodeMirror. */
const editor = (path: string): Locator => canvas.page.locator(`.cm-content[data-field="${path}"]`);
const row = (path: string): Locator => canvas.page.locator(`.field[data-path="${path}"]`);
const edits = async (): Promise<readonly string[]> =>
  (await canvas.log()).filter((line) => line.startsWith("edit "));

describe("a field", () => {
  test("CE-02 is written when it is left, as one edit that changes its own line", async () => {
    await open();
    await select("ask");
    await field("config.temperature").fill("0.7");
    await field("config.temperature").press("Tab");
    await expect.poll(() => canvas.text()).toBe(text.replace("0.5", "0.7"));
    expect(await edits()).toHaveLength(1);
  });

  test("is written after a pause, and goes on as it was typed", async () => {
    await open();
    await select("get");
    await field("config.timeout").pressSequentially("5.0");
    await expect.poll(() => canvas.text()).toContain('"timeout": 5');
    expect(await field("config.timeout").inputValue()).toBe("5.0");
    await field("config.timeout").press("Enter");
    await expect.poll(() => field("config.timeout").inputValue()).toBe("5");
    expect(await edits()).toHaveLength(1);
  });

  test("that is no value yet stays as typed, says why, and writes nothing", async () => {
    await open();
    await select("ask");
    await field("config.temperature").fill("warm");
    await field("config.temperature").press("Tab");
    await row("config.temperature").getByText("is no number that can be kept").waitFor();
    await select("get");
    await select("ask");
    expect(await field("config.temperature").inputValue()).toBe("warm");
    expect(await canvas.text()).toBe(text);
  });

  test("takes {{ }} where a number is wanted, and gives up its key when it is reset", async () => {
    await open();
    await select("ask");
    await row("config.temperature").hover();
    await row("config.temperature").getByRole("button", { name: "Use an Expression" }).click();
    await field("config.temperature").fill("{{ input.t }}");
    await field("config.temperature").blur();
    await expect.poll(() => canvas.text()).toContain('"temperature": "{{ input.t }}"');
    await row("config.temperature").getByRole("button", { name: "Remove from the File" }).click();
    await expect.poll(() => canvas.text()).not.toContain("temperature");
  });

  test("CE-02 says its limits, is stepped within them by arrows, and is written beyond them with a word of it", async () => {
    await open();
    await select("ask");
    const temperature = row("config.temperature");
    await temperature.getByText("from 0 to 2;").waitFor();
    await row("config.max_tokens").getByText("From 1 to 128000.").waitFor();
    await field("config.temperature").press("ArrowUp");
    await field("config.temperature").press("ArrowUp");
    await field("config.temperature").press("Enter");
    await expect.poll(() => canvas.text()).toBe(text.replace("0.5", "0.7"));
    await field("config.temperature").fill("3");
    await temperature.getByText("Not valid here. From 0 to 2.").waitFor();
    expect(await field("config.temperature").getAttribute("aria-invalid")).toBe("true");
    await field("config.temperature").press("Enter");
    await expect.poll(() => canvas.text()).toBe(text.replace("0.5", "3"));
    await temperature.getByText("Not valid here. From 0 to 2.").waitFor();
    expect((await edits()).length).toBe(2);
  });

  test("CE-02 shows a value that is none of its values, keeps it, and takes one of these", async () => {
    const config = { url: "u", method: "FETCH" };
    await open({ text: pipelineText([{ id: "get", component_type: "http_request", config }]) });
    await select("get");
    const before = await canvas.text();
    const method = field("config.method");
    expect(await method.locator("option:checked").innerText()).toBe("FETCH (not allowed)");
    await method.focus();
    await method.blur();
    expect(await canvas.text()).toBe(before);
    await method.selectOption("PUT");
    await expect.poll(() => canvas.text()).toBe(before.replace("FETCH", "PUT"));
  });

  test("that someone else changes while it is typed in keeps what was typed, and says so", async () => {
    await open();
    await select("ask");
    await field("config.prompt").fill("Mine");
    await canvas.page.evaluate((after) => window.host.type(after), text.replace("Hello", "Theirs"));
    await field("config.prompt").blur();
    await row("config.prompt").getByText("changed in the text meanwhile").waitFor();
    expect(await field("config.prompt").innerText()).toBe("Mine");
    expect(await canvas.text()).toContain("Theirs");
    await row("config.prompt").getByRole("button", { name: "Keep Mine" }).click();
    await expect.poll(() => canvas.text()).toBe(text.replace("Hello", "Mine"));
  });

  test("CE-04 that is typed in when the page goes is there again, and is written then", async () => {
    await open();
    await select("ask");
    await field("config.prompt").fill("Typed");
    await canvas.page.reload();
    await expect.poll(() => canvas.text()).toContain('"prompt": "Typed"');
  });

  test("CE-04 that is typed in when the file is saved, run or debugged is written before", async () => {
    await open();
    await select("ask");
    const after: readonly (readonly [string, string])[] = [
      ["Control+s", "save"],
      ["F5", "debug"],
      ["Control+F5", "run"],
    ];
    for (const [key, asked] of after) {
      await field("config.temperature").fill(String(key.length));
      await canvas.page.keyboard.press(key);
      await expect.poll(() => canvas.log()).toContain(asked);
      const [edit, command] = (await canvas.log()).slice(-2);
      expect(edit).toContain(`"value":${key.length}`);
      expect(command).toBe(asked);
    }
  });

  test("that VS Code refuses to write stays as typed, and says so", async () => {
    await open({ refuseEdits: "The file is locked." });
    await select("ask");
    await field("config.temperature").fill("0.9");
    await field("config.temperature").press("Enter");
    await row("config.temperature").getByText("the edit was refused").waitFor();
    await canvas.page.locator(".notice", { hasText: "The file is locked." }).waitFor();
    expect(await field("config.temperature").inputValue()).toBe("0.9");
  });

  test("CE-05 that is typed in while the text breaks waits until it is mended, and is written then", async () => {
    await open();
    await select("ask");
    await field("config.temperature").fill("0.9");
    await canvas.page.evaluate((broken) => window.host.type(broken), `${text}!`);
    await row("config.temperature").getByText("Not written yet.").waitFor();
    await canvas.page.evaluate((sound) => window.host.type(sound), text);
    await expect.poll(() => canvas.text()).toBe(text.replace("0.5", "0.9"));
  });

  test("of a key that nobody knows is JSON, and only what is wrong with it stops it", async () => {
    await open();
    await select("get");
    const more = canvas.page.getByRole("button", { name: "More" });
    expect(await more.getAttribute("aria-expanded")).toBe("true");
    await field("mine").fill('{ "keep": [1, 2');
    await field("mine").blur();
    await row("mine").getByText("no JSON yet").waitFor();
    await field("mine").fill('{ "keep": [1, 2] }');
    await field("mine").blur();
    await expect.poll(async () => JSON.parse(await canvas.text()).stages[1].mine).toEqual({ keep: [1, 2] });
  });

  test("cannot be changed while nothing can, and says why", async () => {
    await open({ readOnly: "This is a read-only view." });
    await select("ask");
    await canvas.page.locator(".banner", { hasText: "read-only view" }).waitFor();
    expect(await editor("config.prompt").getAttribute("aria-readonly")).toBe("true");
    expect(await canvas.page.locator(".inspector").getByRole("checkbox").first().isDisabled()).toBe(true);
  });
});

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
    await canvas.page.getByRole("option", { name: "input" }).waitFor();
    expect(await canvas.log()).toContain("complete {{ i");
    await prompt.press("Enter");
    await prompt.pressSequentially(".q }}");
    await prompt.press("Control+Enter");
    await expect.poll(() => canvas.text()).toContain('"prompt": "{{ input.q }}"');
  });

  test("LS-03 completes, colours and explains names in the texts of JSON as in a prompt", async () => {
    await open({ completions, hover: { from: 3, to: 8, title: "input: object", about: "" } });
    await select("get");
    const headers = editor("config.headers");
    await headers.fill('{ "X-\\u0041": "{{ i" }');
    for (let back = 0; back < 3; back += 1) await headers.press("ArrowLeft");
    await headers.pressSequentially("n");
    await canvas.page.getByRole("option", { name: "input" }).waitFor();
    expect(await canvas.log()).toContain("complete {{ in");
    await headers.press("Enter");
    await headers.pressSequentially(".q }}");
    await headers.press("Control+Enter");
    await expect
      .poll(async () => JSON.parse(await canvas.text()).stages[1].config.headers)
      .toEqual({ "X-A": "{{ input.q }}" });
    await headers.locator(".code-variable", { hasText: "input" }).hover();
    await canvas.page.locator(".code-hover", { hasText: "input: object" }).waitFor();
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
    await canvas.page.locator(".code-hover", { hasText: "input: object" }).waitFor();
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
    await expect.poll(() => canvas.log()).toContain("go to 7:0");
  });

  test("undoes what was typed by itself, and leaves what is in the file to VS Code", async () => {
    await open();
    await select("ask");
    await canvas.page.evaluate(() => {
      window.addEventListener("keydown", ({ key, ctrlKey }) => {
        if (ctrlKey && key === "z") window.undone = (window.undone ?? 0) + 1;
      });
    });
    const undone = (): Promise<number> => canvas.page.evaluate(() => window.undone ?? 0);
    const prompt = editor("config.prompt");
    await prompt.press("End");
    await prompt.pressSequentially("!");
    await prompt.press("Control+z");
    expect(await prompt.innerText()).toBe("Hello");
    expect(await undone()).toBe(0);
    await prompt.pressSequentially("?");
    await expect.poll(() => canvas.text()).toContain("Hello?");
    await prompt.press("Control+z");
    expect(await undone()).toBe(1);
    expect(await prompt.innerText()).toBe("Hello?");
  });
});

test("CE-07 the page has nothing that axe finds wrong for those who cannot see it", async () => {
  const problem = {
    stage: "ask",
    severity: "error",
    code: "FM1201",
    message: "There is no such name.",
    line0: 7,
    path: ["config", "prompt"],
    within: null,
  } as const;
  await open({ problems: [problem] });
  await select("ask");
  const folded = canvas.page.locator('.form-section-title[aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
  await editor("config.prompt").waitFor();
  // Through the debugger, which the page's policy does not concern.
  await canvas.page.evaluate(axe.source);
  const found = await canvas.page.evaluate(() => window.axe.run(".inspector"));
  expect(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
  ).toEqual([]);
  expect(found.passes.length).toBeGreaterThan(10);
});

test("a component of the project's own has its inputs too, by the schema that its process tells", async () => {
  const own = {
    type: "my_thing",
    title: "My thing",
    icon: "beaker",
    color: "green",
    description: "Does my thing.",
    fields: {
      how: { type: "string", enum: ["fast", "slow"], default: "fast", description: "How it is done." },
      often: { type: "integer" },
    },
    required: ["often"],
  } as const;
  await open({
    text: pipelineText([{ id: "mine", component_type: "my_thing", config: {} }]),
    components: [own],
  });
  await select("mine");
  await field("config.how").selectOption("slow");
  await expect.poll(() => canvas.text()).toContain('"how": "slow"');
  await row("config.often").getByText("(required)").waitFor();
  await field("config.often").fill("2.5");
  await field("config.often").blur();
  await row("config.often").getByText("must be a whole number").waitFor();
});

test("a key is added to the input mapping and filled in with an output of another stage", async () => {
  const body = { label: "upstream.get.body", kind: "path", detail: "any", about: "" } as const;
  await open({ completions: { from: 3, items: [body] } });
  await select("ask");
  await canvas.page.getByRole("button", { name: "Input mapping" }).click();
  await canvas.page.getByRole("combobox", { name: "Key to add to input_mapping" }).fill("system_prompt");
  await canvas.page.keyboard.press("Enter");
  // The keyboard is in the new field; its button opens an expression and offers what can stand in it.
  await canvas.page.locator('.cm-content[data-field="input_mapping.system_prompt"]:focus').waitFor();
  const offer = row("input_mapping.system_prompt").getByRole("button", { name: "Insert an Input or Output" });
  await offer.press("Enter");
  await canvas.page.getByRole("option", { name: "upstream.get.body" }).click();
  await field("input_mapping.system_prompt").blur();
  await expect
    .poll(async () => JSON.parse(await canvas.text()).stages[0].input_mapping)
    .toEqual({ system_prompt: "{{ upstream.get.body }}" });
});

test("a stage gets another id with all that names it, and stays selected", async () => {
  await open({ text: text.replace("https://example.com", "{{ upstream.ask.content }}") });
  await select("ask");
  await field("id").fill("question");
  await field("id").press("Enter");
  await expect.poll(() => canvas.text()).toContain("{{ upstream.question.content }}");
  await canvas.page.locator(".inspector-heading", { hasText: "question" }).waitFor();
  expect(await edits()).toEqual(['edit {"kind":"rename-stage-id","stage":"ask","to":"question"}']);
});

test("with nothing selected the pipeline's own fields are there", async () => {
  await open();
  await field("description").fill("What it does");
  await field("description").blur();
  await expect.poll(() => canvas.text()).toContain('"description": "What it does"');
});

test("of several stages it shows which, and of one whose id another has too why it cannot be changed", async () => {
  const twice = pipelineText([{ id: "ask" }, { id: "ask", name: "Second" }, { id: "get" }]);
  await open({ text: twice });
  await canvas.page.locator(".stage", { hasText: "Second" }).locator(".stage-icon").click();
  await canvas.page.locator(".inspector-note", { hasText: "An earlier stage has the id" }).waitFor();
  await canvas.stage("get").click({ modifiers: ["Control"] });
  await canvas.page
    .locator(".inspector-list", { hasText: "Second" })
    .getByRole("button", { name: "get" })
    .click();
  await canvas.page.locator(".inspector-heading", { hasText: "get" }).waitFor();
});

test("a section that was opened is open for the next stage, and when the page comes again", async () => {
  await open();
  await select("ask");
  const title = canvas.page.getByRole("button", { name: "Time and failure" });
  expect(await title.getAttribute("aria-expanded")).toBe("false");
  await title.click();
  await select("get");
  expect(await title.getAttribute("aria-expanded")).toBe("true");
  await canvas.page.reload();
  await select("ask");
  await field("timeout").waitFor();
});

test("in a narrow editor it is closed until someone opens it", async () => {
  await open({}, { width: 600 });
  await canvas.stage("ask").waitFor();
  expect(await canvas.page.locator(".inspector").count()).toBe(0);
  await canvas.stage("get").locator(".stage-icon").click();
  await canvas.page.getByRole("button", { name: "Inspector" }).click();
  await canvas.page.locator(".inspector-heading", { hasText: "get" }).waitFor();
  // What is selected is still seen, in what room is left.
  const room = await canvas.page.locator(".canvas").boundingBox();
  await expect
    .poll(async () => {
      const box = await canvas.stage("get").boundingBox();
      return box !== null && room !== null && box.x >= 0 && box.x + box.width <= room.width;
    })
    .toBe(true);
});

test("CE-07 the keyboard goes from the graph into the inspector and back, and resizes it", async () => {
  await open();
  const { page } = canvas;
  await select("ask");
  await canvas.stage("ask").focus();
  await page.keyboard.press("i");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-field")))
    .toBe("name");
  await page.keyboard.type("Ask");
  await page.keyboard.press("Escape");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-stage")))
    .toBe("ask");
  await expect.poll(() => canvas.text()).toContain('"name": "Ask"');
  const sash = page.getByRole("separator");
  const before = Number(await sash.getAttribute("aria-valuenow"));
  await sash.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => sash.getAttribute("aria-valuenow")).toBe(String(before + 16));
  await page.getByRole("button", { name: "Close Inspector" }).click();
  await page.locator(".inspector").waitFor({ state: "detached" });
  await page.reload();
  await page.locator(".canvas-graph").waitFor();
  expect(await page.locator(".inspector").count()).toBe(0);
  await canvas.stage("ask").focus();
  await page.keyboard.press("F6");
  await expect.poll(() => sash.getAttribute("aria-valuenow")).toBe(String(before + 16));
});
