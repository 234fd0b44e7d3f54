import { expect } from "vitest";
import { scenario } from "../harness/scenario.ts";

const file = "flow.pipeline.json";
const flow = JSON.stringify(
  {
    name: "flow",
    version: "1.0.0",
    stages: ["a", "b", "c"].map((id, index) => ({
      id,
      component_type: "logger",
      config: { message: "m" },
      position: { x: 100 * index * (index + 2), y: 90 * index * index },
    })),
  },
  null,
  2,
);

scenario(
  "CE-08 CE-10 the commands that align, distribute and tidy are in the palette, and one undo takes each back",
  async ({ workbench, canvas, folder, page }) => {
    const places = (): readonly (readonly [number, number])[] => {
      const { stages } = JSON.parse(folder.read(file)) as {
        stages: readonly { position: { x: number; y: number } }[];
      };
      return stages.map(({ position: { x, y } }) => [x, y]);
    };
    const expected: readonly (readonly [string, readonly (readonly [number, number])[]])[] = [
      [
        "Align Left",
        [
          [0, 0],
          [0, 90],
          [0, 360],
        ],
      ],
      [
        "Align Centre",
        [
          [400, 0],
          [400, 90],
          [400, 360],
        ],
      ],
      [
        "Align Right",
        [
          [800, 0],
          [800, 90],
          [800, 360],
        ],
      ],
      [
        "Align Top",
        [
          [0, 0],
          [300, 0],
          [800, 0],
        ],
      ],
      [
        "Align Middle",
        [
          [0, 180],
          [300, 180],
          [800, 180],
        ],
      ],
      [
        "Align Bottom",
        [
          [0, 360],
          [300, 360],
          [800, 360],
        ],
      ],
      [
        "Distribute Horizontally",
        [
          [0, 0],
          [400, 90],
          [800, 360],
        ],
      ],
      [
        "Distribute Vertically",
        [
          [0, 0],
          [300, 180],
          [800, 360],
        ],
      ],
      [
        "Tidy Layout",
        [
          [0, 0],
          [0, 96],
          [0, 192],
        ],
      ],
    ];
    await workbench.openFile(file);
    await canvas.ready();
    await canvas.select("a");
    await page.keyboard.press("Control+A");
    await canvas.frame.locator('[data-stage="c"][data-selected="true"]').waitFor();
    for (const [title, after] of expected) {
      await workbench.command(`FlowMason: ${title}`);
      await workbench.save();
      expect(places(), title).toEqual(after);
      await workbench.focusActiveTab();
      await workbench.undo();
      await workbench.save();
      expect(folder.read(file), title).toBe(flow);
    }
  },
  { workspace: { [file]: flow } },
);
