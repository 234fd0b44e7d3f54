import fc from "fast-check";
import { expect } from "vitest";
import { scenario, type World } from "../harness/scenario.ts";

const text = `{
  "name": "undo",
  "version": "1.0.0",
  "stages": [
    { "id": "a", "component_type": "logger", "config": { "message": "mark-a-0" } },
    {
      "id": "b",\t"component_type": "logger",
      "config": { "message": "mark-b-0" }, "depends_on": [ "a" ]
    },
    { "id": "c", "component_type": "logger", "config": { "message": "third" }, "depends_on": ["b"] }
  ]
}
`;

type Step =
  | { readonly kind: "key"; readonly stage: string; readonly key: string }
  | { readonly kind: "name"; readonly stage: string }
  | { readonly kind: "inspector"; readonly stage: string }
  | { readonly kind: "text"; readonly stage: string };

const stage = fc.constantFrom("a", "b", "c");
const key = fc.constantFrom("Alt+ArrowDown", "Alt+ArrowRight", "e", "Alt+PageDown", "Alt+PageUp");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("key" as const), stage, key }),
  fc.record({ kind: fc.constant("name" as const), stage }),
  fc.record({ kind: fc.constant("inspector" as const), stage }),
  fc.record({ kind: fc.constant("text" as const), stage: fc.constantFrom("a", "b") }),
);
const [steps = []] = fc.sample(fc.array(step, { minLength: 14, maxLength: 14 }), { seed: 303, numRuns: 1 });

/** Does a step; the canvas shows what it does at once, and has it written in the order of the steps. */
async function take({ canvas, textEditor, page }: World, each: Step, number: number): Promise<void> {
  switch (each.kind) {
    case "key":
      await canvas.select(each.stage);
      await page.keyboard.press(each.key);
      return;
    case "name":
      await canvas.rename(each.stage, `Step ${number}`);
      await canvas
        .stage(each.stage)
        .filter({ hasText: `Step ${number}` })
        .waitFor();
      return;
    case "inspector":
      await canvas.select(each.stage);
      await canvas.field("description").fill(`Said in step ${number}.`);
      await textEditor.line(`Said in step ${number}.`).waitFor();
      return;
    case "text": {
      const line = textEditor.line(`mark-${each.stage}-`);
      await line.click();
      const now = /mark-[ab]-\d+/.exec((await line.textContent()) ?? "")?.[0] ?? "";
      await textEditor.replace(now, `mark-${each.stage}-${number}`);
      await textEditor.line(`mark-${each.stage}-${number}`).waitFor();
      return;
    }
  }
}

/** A key so often that it does what there is to do, and more. */
async function pressAll({ page }: World, combination: string): Promise<void> {
  for (let count = 0; count < 2 * steps.length; count += 1) await page.keyboard.press(combination);
}

scenario(
  "CE-03 steps on the canvas, in the text and in the inspector are undone to the first byte and redone to the last",
  async (world) => {
    const { workbench, canvas, textEditor, folder, page } = world;
    await page.setViewportSize({ width: 2000, height: 1000 });
    await workbench.openFile("undo.pipeline.json");
    await canvas.ready();
    await canvas.stage("c").locator(".stage-icon").first().dblclick();
    await textEditor.ready();
    for (const [index, each] of steps.entries()) await take(world, each, index + 1);
    // The last of all: once it is in the text, all others are.
    await take(world, { kind: "inspector", stage: "b" }, steps.length + 1);
    await workbench.save();
    const last = folder.read("undo.pipeline.json");
    expect(last).toContain(`Said in step ${steps.length + 1}.`);

    // From the canvas a while, then from the text: it is one history.
    await canvas.select("b");
    for (let count = 0; count < 5; count += 1) await workbench.undo();
    await textEditor.line('"name": "undo"').click();
    await pressAll(world, "Control+Z");
    await workbench.save();
    expect(folder.read("undo.pipeline.json")).toBe(text);

    await canvas.select("b");
    for (let count = 0; count < 5; count += 1) await page.keyboard.press("Control+Y");
    await textEditor.line('"name": "undo"').click();
    await pressAll(world, "Control+Shift+Z");
    await workbench.save();
    expect(folder.read("undo.pipeline.json")).toBe(last);
  },
  { workspace: { "undo.pipeline.json": text } },
);
