import axe from "axe-core";
import { expect, test } from "vitest";
import { pipelineText } from "../pipelines.ts";
import { shareInspector, text } from "./inspector-page.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const { canvas, open, select, field, editor, row, edits } = shareInspector();

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
  const folded = canvas().page.locator('.form-section-title[aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().click();
  await editor("config.prompt").waitFor();
  // Through the debugger, which the page's policy does not concern.
  await canvas().page.evaluate(axe.source);
  const found = await canvas().page.evaluate(() => window.axe.run(".inspector"));
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
  await expect.poll(() => canvas().text()).toContain('"how": "slow"');
  await row("config.often").getByText("(required)").waitFor();
  await field("config.often").fill("2.5");
  await field("config.often").blur();
  await row("config.often").getByText("must be a whole number").waitFor();
});

test("a key is added to the input mapping and filled in with an output of another stage", async () => {
  const body = { label: "upstream.get.body", kind: "path", detail: "any", about: "" } as const;
  await open({ completions: { from: 3, items: [body] } });
  await select("ask");
  await canvas().page.getByRole("button", { name: "Input mapping" }).click();
  await canvas().page.getByRole("combobox", { name: "Key to add to input_mapping" }).fill("system_prompt");
  await canvas().page.keyboard.press("Enter");
  // The keyboard is in the new field; its button opens an expression and offers what can stand in it.
  await canvas().page.locator('.cm-content[data-field="input_mapping.system_prompt"]:focus').waitFor();
  const offer = row("input_mapping.system_prompt").getByRole("button", { name: "Insert an Input or Output" });
  await offer.press("Enter");
  await canvas().page.getByRole("option", { name: "upstream.get.body" }).click();
  await field("input_mapping.system_prompt").blur();
  await expect
    .poll(async () => JSON.parse(await canvas().text()).stages[0].input_mapping)
    .toEqual({ system_prompt: "{{ upstream.get.body }}" });
});

test("a stage gets another id with all that names it, and stays selected", async () => {
  await open({ text: text.replace("https://example.com", "{{ upstream.ask.content }}") });
  await select("ask");
  await field("id").fill("question");
  await field("id").press("Enter");
  await expect.poll(() => canvas().text()).toContain("{{ upstream.question.content }}");
  await canvas().page.locator(".inspector-heading", { hasText: "question" }).waitFor();
  expect(await edits()).toEqual(['edit {"kind":"rename-stage-id","stage":"ask","to":"question"}']);
});

test("with nothing selected the pipeline's own fields are there", async () => {
  await open();
  await field("description").fill("What it does");
  await field("description").blur();
  await expect.poll(() => canvas().text()).toContain('"description": "What it does"');
});

test("of several stages it shows which, and of one whose id another has too why it cannot be changed", async () => {
  const twice = pipelineText([{ id: "ask" }, { id: "ask", name: "Second" }, { id: "get" }]);
  await open({ text: twice });
  await canvas().page.locator(".stage", { hasText: "Second" }).locator(".stage-icon").click();
  await canvas().page.locator(".inspector-note", { hasText: "An earlier stage has the id" }).waitFor();
  await canvas()
    .stage("get")
    .click({ modifiers: ["Control"] });
  await canvas()
    .page.locator(".inspector-list", { hasText: "Second" })
    .getByRole("button", { name: "get" })
    .click();
  await canvas().page.locator(".inspector-heading", { hasText: "get" }).waitFor();
});

test("a section that was opened is open for the next stage, and when the page comes again", async () => {
  await open();
  await select("ask");
  const title = canvas().page.getByRole("button", { name: "Time and failure" });
  expect(await title.getAttribute("aria-expanded")).toBe("false");
  await title.click();
  await select("get");
  expect(await title.getAttribute("aria-expanded")).toBe("true");
  await canvas().page.reload();
  await select("ask");
  await field("timeout").waitFor();
});

test("in a narrow editor it is closed until someone opens it", async () => {
  await open({}, { width: 600 });
  await canvas().stage("ask").waitFor();
  expect(await canvas().page.locator(".inspector").count()).toBe(0);
  await canvas().stage("get").locator(".stage-icon").click();
  await canvas().page.getByRole("button", { name: "Inspector" }).click();
  await canvas().page.locator(".inspector-heading", { hasText: "get" }).waitFor();
  // What is selected is still seen, in what room is left.
  const room = await canvas().page.locator(".canvas").boundingBox();
  await expect
    .poll(async () => {
      const box = await canvas().stage("get").boundingBox();
      return box !== null && room !== null && box.x >= 0 && box.x + box.width <= room.width;
    })
    .toBe(true);
});

test("CE-07 the keyboard goes from the graph into the inspector and back, and resizes it", async () => {
  await open();
  const { page } = canvas();
  await select("ask");
  await canvas().stage("ask").focus();
  await page.keyboard.press("i");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-field")))
    .toBe("name");
  await page.keyboard.type("Ask");
  await page.keyboard.press("Escape");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-stage")))
    .toBe("ask");
  await expect.poll(() => canvas().text()).toContain('"name": "Ask"');
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
  await canvas().stage("ask").focus();
  await page.keyboard.press("F6");
  await expect.poll(() => sash.getAttribute("aria-valuenow")).toBe(String(before + 16));
});
