import { describe, expect, test } from "vitest";
import { type CanvasPage } from "./harness/canvas-page.ts";
import type { HostOptions } from "./harness/fake-host.ts";
import type { Theme } from "./harness/serve-pages.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { nestedStages, pipelineText, threeStages } from "./pipelines.ts";

const harness = shareHarness();
let canvas: CanvasPage;

async function open(options: HostOptions, theme: Theme = "dark"): Promise<void> {
  canvas = await harness.open(options, { theme });
}

describe("components of the project's own", () => {
  const text = pipelineText([
    { id: "mine", component_type: "my_thing" },
    { id: "other", component_type: "nothing" },
  ]);
  const myThing = {
    type: "my_thing",
    title: "My thing",
    icon: "beaker",
    color: "green",
    description: "Does my thing.",
    fields: {},
    required: [],
  } as const;

  test("show their title, icon and colour; what nobody knows says so", async () => {
    await open({ text, components: [myThing] });
    const mine = canvas.stage("mine");
    await expect.poll(() => mine.innerText()).toContain("My thing");
    expect(await mine.getAttribute("data-color")).toBe("green");
    await mine.locator(".codicon-beaker").waitFor();
    expect(await canvas.stage("other").innerText()).toContain("nothing (unknown)");
  });

  test("show them when they are loaded while the canvas is open", async () => {
    await open({ text });
    const mine = canvas.stage("mine");
    await expect.poll(() => mine.innerText()).toContain("my_thing (unknown)");
    await canvas.page.evaluate((thing) => window.host.components([thing]), myThing);
    await expect.poll(() => mine.innerText()).toContain("My thing");
  });
});

describe("with the keyboard", () => {
  test("stages are reached, renamed, marked, moved, connected and deleted without a mouse", async () => {
    await open({ text: threeStages });
    const { page } = canvas;
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute("data-stage") ?? null);
    await canvas.stage("fetch").focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(focused).toBe("shape");
    await page.keyboard.press("F9");
    await canvas.stage("shape").locator(".breakpoint-badge").waitFor();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "Display name" }).fill("Renamed");
    await page.keyboard.press("Enter");
    await expect.poll(() => canvas.text()).toContain('"name": "Renamed"');
    await expect.poll(focused).toBe("shape");
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(() => canvas.text()).toContain('"layout"');
    await page.keyboard.press("Home");
    await expect.poll(focused).toBe("fetch");
    await page.keyboard.press("c");
    await page.getByRole("combobox", { name: "Stage to depend on" }).fill("tell");
    await page.keyboard.press("Enter");
    await expect.poll(() => canvas.log()).toContain('edit {"kind":"connect","from":"fetch","to":"tell"}');
    await page.keyboard.press("End");
    await expect.poll(focused).toBe("tell");
    await page.keyboard.press("Enter");
    await expect.poll(() => canvas.log()).toContain("reveal tell");
    await page.keyboard.press("Delete");
    await expect.poll(() => canvas.text()).not.toContain('"tell"');
    // The stage that has the keyboard, though nothing is selected.
    await page.keyboard.press("Escape");
    await canvas.stage("shape").focus();
    await page.keyboard.press("Delete");
    await expect.poll(() => canvas.text()).not.toContain('"Renamed"');
  });

  test("CE-10 searching brings a far stage into view and gives it the keyboard", async () => {
    const stages = Array.from({ length: 300 }, (_, i) => ({
      id: `s${i}`,
      name: `Step ${i}`,
      depends_on: i === 0 ? [] : [`s${i - 1}`],
    }));
    await open({ text: pipelineText(stages) });
    const { page } = canvas;
    await canvas.stage("s0").focus();
    expect(await page.locator(".stage").count()).toBeLessThan(20);
    await page.keyboard.press("Control+f");
    await page.getByRole("combobox", { name: "Search stage" }).fill("step 250");
    await page.keyboard.press("Enter");
    await expect.poll(() => canvas.stage("s250").isVisible()).toBe(true);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-stage")))
      .toBe("s250");
  });

  test("a large graph as a whole is painted; a double click goes to the stage under the pointer", async () => {
    const stages = Array.from({ length: 31 * 19 }, (_, i) => ({
      id: `s${i}`,
      position: { x: (i % 31) * 250, y: Math.floor(i / 31) * 150 },
    }));
    await open({ text: pipelineText(stages) });
    const { page } = canvas;
    await canvas.stage("s0").waitFor();
    await page.getByRole("button", { name: "Show Whole Graph (F)" }).click();
    await page.locator(".far-view").waitFor();
    await expect.poll(() => page.locator(".stage").count()).toBeLessThan(3);
    await page.mouse.dblclick(600, 380);
    await expect.poll(() => page.locator('.stage[data-selected="true"]').count()).toBe(1);
    await expect.poll(() => page.locator(".far-view").count()).toBe(0);
  });

  test("the context menu opens at the stage, is walked with arrows, and Escape gives the keyboard back", async () => {
    await open({ text: threeStages });
    const { page } = canvas;
    await canvas.stage("fetch").focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: /Show in Text/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("Toggle Breakpoint");
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-stage")))
      .toBe("fetch");
  });
});

describe("text that changes beside the canvas", () => {
  test("CE-05 broken text: the last good graph under a banner with the line, nothing editable; mended, all is back", async () => {
    await open({ text: threeStages });
    await canvas.stage("shape").waitFor();
    const broken = threeStages.replace('"name": "Shape it",', '"name": "Shape it');
    await canvas.page.evaluate((text) => window.host.type(text), broken);
    const line = threeStages.split("\n").findIndex((each) => each.includes("Shape it")) + 1;
    await canvas.page.getByRole("alert").getByText(`Line ${line}:`).waitFor();
    await canvas.stage("shape").locator(".stage-icon").click();
    await canvas.page.keyboard.press("Delete");
    await canvas.page.getByText(`The text has an error in line ${line}`).waitFor();
    expect(await canvas.text()).toBe(broken);
    await canvas.page.getByRole("button", { name: `Go to Line ${line}` }).click();
    const character = broken.split("\n")[line - 1]?.indexOf('"Shape it');
    await expect.poll(() => canvas.log()).toContain(`go to ${line - 1}:${character}`);
    await canvas.page.evaluate((text) => window.host.type(text), threeStages.replace("Shape it", "Mended"));
    await canvas.stage("shape").getByText("Mended").waitFor();
    await expect.poll(() => canvas.page.getByText(`Line ${line}:`).count()).toBe(0);
  });

  test("CE-01 opening, looking and leaving sends no edit", async () => {
    await open({ text: nestedStages });
    await canvas.stage("each/enrich").click();
    await canvas.page.keyboard.press("f");
    await canvas.page.mouse.wheel(0, 200);
    expect(await canvas.text()).toBe(nestedStages);
    expect((await canvas.log()).filter((line) => line.startsWith("edit"))).toEqual([]);
  });

  test("CE-14 the stage at the text cursor is selected and brought into view", async () => {
    await open({ text: nestedStages });
    await canvas.stage("load").waitFor();
    await canvas.page.evaluate(() => window.host.reveal("each/guard/note"));
    await expect.poll(() => canvas.stage("each/guard/note").getAttribute("data-selected")).toBe("true");
    await expect.poll(() => canvas.log()).toContain("selection each/guard/note");
  });

  test("view and selection survive that the page is loaded again", async () => {
    await open({ text: threeStages });
    await canvas.stage("shape").locator(".stage-icon").click();
    await canvas.page.getByRole("button", { name: "Zoom In (+)" }).click();
    for (const kept of ["shape", '"zoom":1.25'])
      await expect
        .poll(() => canvas.page.evaluate(() => sessionStorage.getItem("view-state")))
        .toContain(kept);
    const before = await canvas.centre("shape");
    await canvas.page.reload();
    await canvas.stage("shape").waitFor();
    await expect.poll(() => canvas.stage("shape").getAttribute("data-selected")).toBe("true");
    await expect.poll(() => canvas.centre("shape")).toEqual(before);
  });
});

describe("a run on the canvas", () => {
  test("stages say where they are; the stopped one is marked and brought into view", async () => {
    const stages = Array.from({ length: 60 }, (_, i) => ({
      id: `s${i}`,
      depends_on: i === 0 ? [] : [`s${i - 1}`],
    }));
    await open({ text: pipelineText(stages) });
    await canvas.stage("s0").waitFor();
    await canvas.page.evaluate(() => {
      const { host } = window;
      host.run({
        session: "1",
        phase: "running",
        stages: [{ stage: "s0", status: "running" }],
        stoppedAt: null,
      });
      host.run({
        session: "1",
        phase: "stopped",
        stages: [{ stage: "s0", status: "succeeded", note: "0.2 s" }],
        stoppedAt: "s40",
      });
    });
    await expect.poll(() => canvas.stage("s40").getAttribute("data-status")).toBe("stopped");
    await expect.poll(() => canvas.isInPane("s40")).toBe(true);
    await canvas.page.evaluate(() => window.host.reveal("s0"));
    await expect
      .poll(() => canvas.stage("s0").getAttribute("aria-label"))
      .toBe("s0, Logger, succeeded, 0.2 s, selected");
  });
});

describe("themes and policy", () => {
  test.each(["dark", "light", "high-contrast", "high-contrast-light"] as const)(
    "CE-15 the %s theme draws everything under a policy that allows nothing from outside and no inline style",
    async (theme) => {
      await open({ text: nestedStages }, theme);
      await canvas.stage("load").waitFor();
      const colors = await canvas.page.evaluate(() => {
        const stage = document.querySelector(".stage");
        const wire = document.querySelector(".wire-path");
        const font = document.querySelector(".codicon");
        if (stage === null || wire === null || font === null) return null;
        return [
          getComputedStyle(stage).borderTopColor,
          getComputedStyle(wire).stroke,
          getComputedStyle(font).fontFamily,
        ];
      });
      expect(colors).not.toBeNull();
      expect(colors?.[0]).not.toBe("rgba(0, 0, 0, 0)");
      expect(colors?.[1]).not.toBe("none");
      expect(colors?.[2]).toBe("codicon");
    },
  );

  test.each([
    ["dark", 4.5, 3],
    ["light", 4.5, 3],
    ["high-contrast", 7, 4.5],
    ["high-contrast-light", 7, 4.5],
  ] as const)(
    "in the %s theme texts of stages have a contrast of %f, icons of %f",
    async (theme, texts, icons) => {
      const strategy = { matrix: { n: [1, 2] } };
      const stages = ["generator", "json_transform", "foreach", "logger", "http_request"].map(
        (type, index) => ({
          ...{ id: `s${index}`, component_type: type, config: {} },
          ...(index < 2 ? { strategy } : {}),
        }),
      );
      await open({ text: JSON.stringify({ name: "t", stages }) }, theme);
      const legs = canvas.stage("s1").locator(".stage-detail .codicon-layers");
      await expect.poll(() => legs.count()).toBe(1);
      await canvas.page.evaluate(() =>
        window.host.run({
          session: "1",
          phase: "running",
          stages: [{ stage: "s1", status: "skipped", note: "its condition does not hold" }],
          stoppedAt: null,
        }),
      );
      await expect.poll(() => canvas.stage("s1").innerText()).toContain("its condition");
      // What a run says of a stage does not take the sign away.
      expect(await legs.count()).toBe(1);
      for (const [selector, least] of [
        [".stage-name", texts],
        [".stage-detail", texts],
        [".stage-detail .codicon", icons],
        [".stage-icon .codicon", icons],
      ] as const) {
        const found = await canvas.page.evaluate(contrastsOf, selector);
        expect(found.length, selector).toBeGreaterThan(0);
        for (const each of found) expect(each, selector).toBeGreaterThanOrEqual(least);
      }
    },
  );

  test("a file without stages says what to do", async () => {
    await open({ text: '{ "name": "empty", "stages": [] }' });
    await canvas.page.getByRole("heading", { name: "No stages yet" }).waitFor();
  });

  test("a file of another program says so, and has nothing to run or to fill in", async () => {
    await open({ text: '{ "kind": "Pipeline", "spec": {} }' });
    await canvas.page.getByRole("heading", { name: "This is no FlowMason pipeline" }).waitFor();
    const inspector = canvas.page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByText("There is nothing of a pipeline to edit in this file.").waitFor();
    expect(await inspector.getByRole("textbox").count()).toBe(0);
    await canvas.page
      .getByRole("button", { name: "Run Pipeline: This file is no pipeline." })
      .click({ force: true });
    expect((await canvas.log()).filter((line) => line.startsWith("run"))).toEqual([]);
  });

  test("a file that may not be edited says why and takes no edit", async () => {
    await open({ text: threeStages, readOnly: "This file is read-only on disk." });
    await canvas.page.getByRole("status").getByText("read-only on disk").waitFor();
    await canvas.stage("shape").focus();
    await canvas.page.keyboard.press("F2");
    await canvas.page.getByRole("alert").getByText("read-only on disk").waitFor();
    expect(await canvas.page.locator(".canvas-graph").getByRole("textbox").count()).toBe(0);
  });
});

/** In the page: the contrast, as WCAG 2 has it, of what a selector finds with what is painted behind it. */
function contrastsOf(selector: string): readonly number[] {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("There is no canvas to mix colours on.");
  const luminanceOf = (): number => {
    const [r = 0, g = 0, b = 0] = Array.from(context.getImageData(0, 0, 1, 1).data, (part) => {
      const share = part / 255;
      return share <= 0.039_28 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paint = (colour: string, opacity: number): void => {
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
  };
  return Array.from(document.querySelectorAll(selector), (element) => {
    const around: Element[] = [];
    for (let each: Element | null = element; each !== null; each = each.parentElement) around.unshift(each);
    let opacity = 1;
    for (const each of around) {
      const style = getComputedStyle(each);
      opacity *= Number(style.opacity);
      paint(style.backgroundColor, opacity);
    }
    const behind = luminanceOf();
    paint(getComputedStyle(element).color, opacity);
    const [dim = 0, bright = 0] = [behind, luminanceOf()].toSorted((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  });
}
