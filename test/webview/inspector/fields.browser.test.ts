import { describe, expect, test } from "vitest";
import { pipelineText } from "../pipelines.ts";
import { shareInspector, text } from "./inspector-page.ts";

const { canvas, open, select, field, editor, row, edits } = shareInspector();

describe("a field", () => {
  test("CE-02 is written when it is left, as one edit that changes its own line", async () => {
    await open();
    await select("ask");
    await field("config.temperature").fill("0.7");
    await field("config.temperature").press("Tab");
    await expect.poll(() => canvas().text()).toBe(text.replace("0.5", "0.7"));
    expect(await edits()).toHaveLength(1);
  });

  test("is written after a pause, and goes on as it was typed", async () => {
    await open();
    await select("get");
    await field("config.timeout").pressSequentially("5.0");
    await expect.poll(() => canvas().text()).toContain('"timeout": 5');
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
    expect(await canvas().text()).toBe(text);
  });

  test("takes {{ }} where a number is wanted, and gives up its key when it is reset", async () => {
    await open();
    await select("ask");
    await row("config.temperature").hover();
    await row("config.temperature").getByRole("button", { name: "Use an Expression" }).click();
    await field("config.temperature").fill("{{ input.t }}");
    await field("config.temperature").blur();
    await expect.poll(() => canvas().text()).toContain('"temperature": "{{ input.t }}"');
    await row("config.temperature").getByRole("button", { name: "Remove from the File" }).click();
    await expect.poll(() => canvas().text()).not.toContain("temperature");
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
    await expect.poll(() => canvas().text()).toBe(text.replace("0.5", "0.7"));
    await field("config.temperature").fill("3");
    await temperature.getByText("Not valid here. From 0 to 2.").waitFor();
    expect(await field("config.temperature").getAttribute("aria-invalid")).toBe("true");
    await field("config.temperature").press("Enter");
    await expect.poll(() => canvas().text()).toBe(text.replace("0.5", "3"));
    await temperature.getByText("Not valid here. From 0 to 2.").waitFor();
    expect((await edits()).length).toBe(2);
  });

  test("CE-02 shows a value that is none of its values, keeps it, and takes one of these", async () => {
    const config = { url: "u", method: "FETCH" };
    await open({ text: pipelineText([{ id: "get", component_type: "http_request", config }]) });
    await select("get");
    const before = await canvas().text();
    const method = field("config.method");
    expect(await method.locator("option:checked").innerText()).toBe("FETCH (not allowed)");
    await method.focus();
    await method.blur();
    expect(await canvas().text()).toBe(before);
    await method.selectOption("PUT");
    await expect.poll(() => canvas().text()).toBe(before.replace("FETCH", "PUT"));
  });

  test("that someone else changes while it is typed in keeps what was typed, and says so", async () => {
    await open();
    await select("ask");
    await field("config.prompt").fill("Mine");
    await canvas().page.evaluate((after) => window.host.type(after), text.replace("Hello", "Theirs"));
    await field("config.prompt").blur();
    await row("config.prompt").getByText("changed in the text meanwhile").waitFor();
    expect(await field("config.prompt").innerText()).toBe("Mine");
    expect(await canvas().text()).toContain("Theirs");
    await row("config.prompt").getByRole("button", { name: "Keep Mine" }).click();
    await expect.poll(() => canvas().text()).toBe(text.replace("Hello", "Mine"));
  });

  test("CE-04 that is typed in when the page goes is there again, and is written then", async () => {
    await open();
    await select("ask");
    await canvas().page.evaluate(() => window.host.hang());
    await field("config.prompt").fill("Typed");
    await canvas().page.reload();
    await expect.poll(() => canvas().text()).toContain('"prompt": "Typed"');
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
      await canvas().page.keyboard.press(key);
      await expect.poll(() => canvas().log()).toContain(asked);
      const [edit, command] = (await canvas().log()).slice(-2);
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
    await canvas().page.locator(".notice", { hasText: "The file is locked." }).waitFor();
    expect(await field("config.temperature").inputValue()).toBe("0.9");
  });

  test("CE-05 that is typed in while the text breaks waits until it is mended, and is written then", async () => {
    await open();
    await select("ask");
    await field("config.temperature").fill("0.9");
    await canvas().page.evaluate((broken) => window.host.type(broken), `${text}!`);
    await row("config.temperature").getByText("Not written yet.").waitFor();
    await canvas().page.evaluate((sound) => window.host.type(sound), text);
    await expect.poll(() => canvas().text()).toBe(text.replace("0.5", "0.9"));
  });

  test("of a key that nobody knows is JSON, and only what is wrong with it stops it", async () => {
    await open();
    await select("get");
    const more = canvas().page.getByRole("button", { name: "More" });
    expect(await more.getAttribute("aria-expanded")).toBe("true");
    await field("mine").fill('{ "keep": [1, 2');
    await field("mine").blur();
    await row("mine").getByText("no JSON yet").waitFor();
    await field("mine").fill('{ "keep": [1, 2] }');
    await field("mine").blur();
    await expect.poll(async () => JSON.parse(await canvas().text()).stages[1].mine).toEqual({ keep: [1, 2] });
  });

  test("cannot be changed while nothing can, and says why", async () => {
    await open({ readOnly: "This is a read-only view." });
    await select("ask");
    await canvas().page.locator(".banner", { hasText: "read-only view" }).waitFor();
    expect(await editor("config.prompt").getAttribute("aria-readonly")).toBe("true");
    expect(await canvas().page.locator(".inspector").getByRole("checkbox").first().isDisabled()).toBe(true);
  });
});
