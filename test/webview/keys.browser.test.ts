import { describe, expect, test } from "vitest";
import { parsePipeline, stageById } from "#core/pipeline";
import { type KeyGroup, keyGroups } from "../../webview/help/key-list.ts";
import type { CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { nestedStages, pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions): Promise<void> {
  canvas = await harness.open(options, { width: 1500, height: 900 });
  await canvas.page.locator(".stage").first().waitFor();
}

const press = (key: string) => canvas.page.keyboard.press(key);
const said = (text: string | RegExp) => canvas.page.getByRole("status").getByText(text).first().waitFor();
const told = (text: string | RegExp) => canvas.page.getByRole("alert").getByText(text).waitFor();
const picker = (name: string | RegExp) => canvas.page.getByRole("combobox", { name });

async function goTo(id: string): Promise<void> {
  await canvas.stage(id).focus();
  await press("Space");
}

async function choose(query: string): Promise<void> {
  const field = canvas.page.locator(".picker-field");
  await field.fill(query);
  await field.press("Enter");
}

async function dependsOn(id: string): Promise<readonly string[] | undefined> {
  return stageById(parsePipeline(await canvas.text()), id)?.dependsOn.map(({ value }) => value);
}

const edits = async (): Promise<number> =>
  (await canvas.log()).filter((line) => line.startsWith("edit ")).length;

const fourStages = pipelineText([
  { id: "a" },
  { id: "b", depends_on: ["a"] },
  { id: "c", depends_on: ["b"] },
  { id: "d" },
]);

describe("connections by key", () => {
  test("CE-07 W goes through the connections of a stage and says them; Delete takes one away, in one edit", async () => {
    await open({ text: fourStages });
    await goTo("b");
    await press("w");
    await said("Connection 1 of 2: from “a” to “b”.");
    await press("w");
    await said("Connection 2 of 2: from “b” to “c”.");
    await press("Shift+W");
    await canvas.page.locator('.react-flow__edge.selected[data-id$=" a b"]').waitFor();
    await press("Delete");
    await expect.poll(() => dependsOn("b")).toEqual([]);
    await said("“b” no longer depends on “a”.");
    expect(await edits()).toBe(1);
    await goTo("d");
    await press("w");
    await said("This stage has no connection.");
  });

  test("CE-07 R takes the end of a connection to another stage, Shift+R its beginning, in one edit each", async () => {
    await open({ text: fourStages });
    await goTo("b");
    await press("w");
    await press("r");
    await picker("Stage to depend on a in place of b").waitFor();
    await choose("d");
    await expect.poll(() => dependsOn("d")).toEqual(["a"]);
    expect(await dependsOn("b")).toEqual([]);
    await said("The connection goes from “a” to “d” now.");
    await canvas.page.locator('.react-flow__edge.selected[data-id$=" a d"]').waitFor();
    await press("Shift+R");
    await picker("Stage for d to depend on in place of a").waitFor();
    await choose("c");
    await expect.poll(() => dependsOn("d")).toEqual(["c"]);
    expect(await edits()).toBe(2);
  });

  test("CE-12 the list refuses with the same words as the pointer, and nothing is written", async () => {
    await open({ text: fourStages });
    await goTo("c");
    await press("c");
    await picker("Stage to depend on c").waitFor();
    await choose("a");
    await told("“c” depends on “a”: this would close a circle.");
    await canvas.page.locator(".picker-field").press("Escape");
    await canvas.connect("c", "a", async () => {
      await canvas.page
        .locator(".connection-refusal")
        .getByText("“c” depends on “a”: this would close a circle.")
        .waitFor();
    });
    await goTo("b");
    await press("w");
    await press("Shift+R");
    await choose("c");
    await told("“c” depends on “b”: this would close a circle.");
    expect(await canvas.text()).toBe(fourStages);
  });

  test("CE-07 a connection that an expression makes says so, and its end stays", async () => {
    await open({ text: threeStages });
    await goTo("tell");
    await press("w");
    await said("Connection 1 of 1: from “Shape it” to “tell”, made by an expression.");
    await press("r");
    await told("in an expression");
    expect(await canvas.text()).toBe(threeStages);
  });
});

describe("connections by the pointer", () => {
  const unfit = pipelineText([
    { id: "web", component_type: "http_request", config: { url: "u" } },
    {
      id: "hurry",
      component_type: "http_request",
      config: { url: "u", timeout: "{{ upstream.web.headers }}" },
    },
  ]);
  const mismatch = {
    stage: "hurry",
    severity: "error",
    code: "FM1220",
    message: '"timeout" takes a whole number, and this is an object, so the stage would fail.',
    line0: 12,
    path: ["config", "timeout"],
    within: { from: 3, to: 23 },
  } as const;
  const reason = `What “hurry” reads of “web” does not fit: ${mismatch.message}`;

  test("CE-12 a value that does not fit is said at the pointer, on the whole stage, and by key", async () => {
    await open({ text: unfit, problems: [mismatch] });
    await canvas.connect("web", "hurry", async () => {
      await canvas.page.locator(".connection-refusal").getByText(reason).waitFor();
    });
    await told(reason);
    const from = await canvas.middleOf(canvas.stage("web").locator(".react-flow__handle-right"));
    await canvas.page.mouse.move(from.x, from.y);
    await canvas.page.mouse.down();
    const middle = await canvas.centre("hurry");
    await canvas.page.mouse.move(middle.x + 20, middle.y, { steps: 5 });
    await canvas.page.locator(".connection-refusal").getByText(reason).waitFor();
    await canvas.page.mouse.up();
    await goTo("web");
    await press("c");
    await canvas.page.getByRole("option", { name: /hurry/ }).getByText(reason).waitFor();
    await choose("hurry");
    await told(reason);
    expect(await canvas.text()).toBe(unfit);
  });

  test("CE-12 a stage itself, a connection that is there, and the border of a loop are refused with the reason", async () => {
    await open({ text: fourStages });
    const refused = async (from: string, to: string, words: string): Promise<void> => {
      await canvas.connect(from, to, async () => {
        await canvas.page.locator(".connection-refusal").getByText(words).waitFor();
      });
      await told(words);
    };
    await refused("a", "b", "“b” depends on “a” already.");
    await refused("a", "a", "A stage cannot depend on itself.");
    await canvas.close();
    await open({ text: nestedStages });
    await refused("each/enrich", "report", 'Connect "report" to "each" instead.');
    await refused("load", "each", "“each” depends on “load” already.");
    expect(await canvas.text()).toBe(nestedStages);
  });

  test("CE-06 a line let go anywhere on a stage connects it, and the end of one goes there", async () => {
    await open({ text: fourStages });
    const from = await canvas.middleOf(canvas.stage("a").locator(".react-flow__handle-right"));
    const d = await canvas.centre("d");
    await canvas.drag(from, { x: d.x + 10, y: d.y });
    await expect.poll(() => dependsOn("d")).toEqual(["a"]);
    expect(await edits()).toBe(1);
  });
});

describe("everything else by key", () => {
  const loop = pipelineText([
    { id: "each", component_type: "foreach", config: { items: [1], loop_stages: ["body"] } },
    { id: "body" },
    { id: "free" },
  ]);

  test("CE-07 M moves a stage into a body and Shift+M takes it out, in one edit each", async () => {
    await open({ text: loop });
    await goTo("free");
    await press("m");
    await picker("Body to move into").waitFor();
    await choose("loop");
    await expect.poll(() => canvas.text()).toMatch(/"loop_stages": \[\s*"body",\s*"free"\s*\]/);
    await said("Moved “free” into “loop” of “each”.");
    await press("Shift+M");
    await expect.poll(() => canvas.text()).toMatch(/"loop_stages": \[\s*"body"\s*\]/);
    await said("Took out “free”.");
    expect(await edits()).toBe(2);
    await press("Shift+M");
    await told(/./);
    expect(await edits()).toBe(2);
  });

  test("CE-07 Alt+PageUp and Alt+PageDown write a stage earlier and later", async () => {
    await open({ text: fourStages });
    const order = async () => parsePipeline(await canvas.text()).pipeline.stages.map(({ id }) => id);
    await goTo("d");
    await press("Alt+PageUp");
    await expect.poll(order).toEqual(["a", "b", "d", "c"]);
    await said("Wrote “d” before “c”, 3 of 4.");
    await press("Alt+PageDown");
    await expect.poll(order).toEqual(["a", "b", "c", "d"]);
    await press("Alt+PageDown");
    await said("“d” is the last there is.");
    expect(await edits()).toBe(2);
  });

  test("CE-07 Shift+F10 opens the menu of several stages, of a connection, of a note and of the graph", async () => {
    const text = pipelineText([{ id: "a" }, { id: "b", depends_on: ["a"] }], {
      layout: { "$note:1": { text: "Note", x: 0, y: 300 } },
    });
    await open({ text });
    const item = (name: string | RegExp) => canvas.page.getByRole("menuitem", { name }).waitFor();
    await goTo("a");
    await press("Shift+ArrowRight");
    await press("Shift+F10");
    await item("Group Selection");
    await press("Escape");
    await press("w");
    await press("Shift+F10");
    await item("Take Its End to…");
    await press("Escape");
    await press("Escape");
    await canvas.page.locator('[data-note="$note:1"]').focus();
    await press("Shift+F10");
    await item("Edit Note");
    await press("Escape");
    await canvas.page.locator(".canvas-graph").focus();
    await press("Shift+F10");
    await item("Add Note");
    await canvas.page.getByRole("menuitem", { name: "Add Note" }).click();
    await canvas.page.getByRole("textbox", { name: "Text of the new note" }).fill("By key");
    await press("Control+Enter");
    await expect.poll(() => canvas.text()).toContain("By key");
  });

  test("CE-07 Alt with an arrow key moves a stage, and says where it is then", async () => {
    await open({ text: pipelineText([{ id: "a", position: { x: 10, y: 20 } }, { id: "b" }]) });
    await goTo("a");
    await press("Alt+ArrowDown");
    await said("Now at 10, 36.");
    await expect.poll(() => canvas.text()).toMatch(/"x": 10,\s*"y": 36/);
  });

  test("CE-07 Ctrl with an arrow key moves the view", async () => {
    await open({ text: threeStages });
    const before = await canvas.centre("fetch");
    await goTo("fetch");
    await press("Control+ArrowRight");
    expect((await canvas.centre("fetch")).x).toBeLessThan(before.x - 40);
  });

  test("CE-07 a stage's colour is said", async () => {
    await open({ text: pipelineText([{ id: "a" }], { layout: { a: { color: "red" } } }) });
    expect(await canvas.stage("a").getAttribute("aria-label")).toBe("a, Logger, coloured red");
  });

  test("CE-07 the question mark lists all keys, and Escape goes back to the stage", async () => {
    await open({ text: threeStages });
    await goTo("shape");
    await press("?");
    const help = canvas.page.getByRole("dialog", { name: "Keys of the graph" });
    await help.waitFor();
    const rows = keyGroups.reduce((sum, { entries }) => sum + entries.length, 0);
    expect(await help.getByRole("row").count()).toBe(rows);
    await press("Tab");
    expect(
      await help.getByRole("button", { name: "Close" }).evaluate((e) => e === document.activeElement),
    ).toBe(true);
    await press("Escape");
    await expect.poll(() => canvas.stage("shape").evaluate((e) => e === document.activeElement)).toBe(true);
    expect(await help.count()).toBe(0);
  });

  /** Whether the page takes the key for itself, with the stage, the connection or the note as it is now. */
  async function isTaken(selector: string, written: string): Promise<boolean> {
    return await canvas.page.locator(selector).evaluate((element, name) => {
      const parts = name.split("+");
      const last = parts.pop() ?? "";
      // The plus itself is the last part of nothing.
      const key =
        last === "" ? "+" : last.length === 1 && !parts.includes("Shift") ? last.toLowerCase() : last;
      const event = new KeyboardEvent("keydown", {
        key,
        ctrlKey: parts.includes("Control"),
        altKey: parts.includes("Alt"),
        shiftKey: parts.includes("Shift"),
        bubbles: true,
        cancelable: true,
      });
      element.dispatchEvent(event);
      return event.defaultPrevented;
    }, written);
  }

  const text = pipelineText([{ id: "a" }, { id: "b", depends_on: ["a"] }, { id: "c", depends_on: ["b"] }], {
    layout: { "$note:1": { text: "Note", x: 0, y: 300 } },
  });
  const places: Readonly<Record<KeyGroup["of"], string | null>> = {
    stage: '.stage[data-stage="b"]',
    connection: '.stage[data-stage="b"]',
    note: '[data-note="$note:1"]',
    // Those are events of the clipboard, which other tests press.
    clipboard: null,
    // Those need other files, which the tests of these have.
    "other-file": null,
  };

  test.each(keyGroups.filter(({ of }) => places[of] !== null))(
    "CE-07 every key that is listed under “$title” does something",
    async ({ of, entries }) => {
      const selector = places[of];
      if (selector === null) return;
      await open({ text });
      const idle: string[] = [];
      for (const key of entries.flatMap(({ keys }) => keys)) {
        await canvas.page.evaluate((written) => window.host.type(written), text);
        await canvas.page.locator(selector).focus();
        if (of !== "note") await press("Space");
        if (of === "connection") await press("w");
        if (!(await isTaken(selector, key))) idle.push(key);
        if (key === "P" || key === "I" || key === "F6") await press("Escape");
        await canvas.page
          .locator(".picker-field, .menu, .key-help, .note-field, .stage-name-field")
          .first()
          .press("Escape", { timeout: 300 })
          .catch(() => undefined);
      }
      expect(idle).toEqual([]);
    },
  );
});

test("CE-07 nothing moves for those who want no motion", async () => {
  const run = {
    session: "1",
    phase: "running",
    stages: [{ stage: "fetch", status: "running" }],
    stoppedAt: null,
  } as const;
  await open({ text: threeStages, run });
  const moving = () =>
    canvas.page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === "running").length,
    );
  expect(await moving()).toBe(0);
  await canvas.page.emulateMedia({ reducedMotion: "no-preference" });
  await expect.poll(moving).toBeGreaterThan(0);
});

test("CE-07 while somebody types on the canvas VS Code gets the keys of its commands, and none that is of the text", async () => {
  await open({ text: fourStages });
  // VS Code listens at the window.
  await canvas.page.evaluate(() => {
    window.addEventListener("keydown", ({ key }) => {
      if (key !== "Control" && key !== "Shift") document.body.setAttribute("data-heard", key);
    });
  });
  const heard = async (key: string): Promise<string | null> => {
    await canvas.page.evaluate(() => document.body.removeAttribute("data-heard"));
    await press(key);
    return await canvas.page.evaluate(() => document.body.getAttribute("data-heard"));
  };
  for (const [way, field] of [
    ["Control+f", ".picker-field"],
    ["F2", ".stage-name-field"],
    ["n", ".note-field"],
  ] as const) {
    await goTo("b");
    await press(way);
    await canvas.page.locator(field).waitFor();
    expect([await heard("F1"), await heard("Control+s"), await heard("Control+Shift+P")]).toEqual([
      "F1",
      "s",
      "P",
    ]);
    expect([await heard("d"), await heard("Control+z"), await heard("Delete")]).toEqual([null, null, null]);
    await press("Escape");
    await canvas.page.locator(field).waitFor({ state: "detached" });
  }
});
