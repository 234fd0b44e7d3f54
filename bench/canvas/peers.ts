import type { Browser } from "playwright-core";
import { dragCost, openPage, panCost } from "./driver.ts";
import { type DrawnStage, drawnGraph, middleView, wholeView } from "./graph.ts";
import type { ContenderName, Pages } from "./pages.ts";
import { Samples, table } from "./table.ts";

/** The order of the rows; the first is ours, the second what the goals are stated against. */
const contenders: readonly ContenderName[] = ["flowmason", "measured", "given", "floor"];

/** Goal F: our time as a part of React Flow's that draws only what is visible. */
const goals = { firstRender: { 1_000: 0.35, 5_000: 0.15 }, pan: 0.5, drag: 0.5, whole: 0.15 } as const;

/** Draws and moves the same graphs with everyone, in turn, and prints the goals. */
export async function measurePeers(browser: Browser, pages: Pages, rounds: number): Promise<void> {
  for (const count of [1_000, 5_000] as const) {
    const stages = drawnGraph(count);
    const [firstRender, pan, drag, whole] = [new Samples(), new Samples(), new Samples(), new Samples()];
    for (let round = 0; round < rounds; round++) {
      for (const contender of contenders) {
        const open = await openPage(browser, pages, contender, {
          stages,
          positions: "written",
          view: middleView(stages),
        });
        firstRender.add(contender, open.firstRender);
        pan.add(contender, await panCost(open));
        drag.add(contender, await dragCost(open));
        await open.close();
        if (count === 5_000) whole.add(contender, await wholeCost(browser, pages, contender, stages));
      }
    }
    console.log(table(`${count} stages, first render`, firstRender, contenders, goals.firstRender[count]));
    console.log(table(`${count} stages, a frame of panning at zoom 1`, pan, contenders, goals.pan));
    console.log(
      table(`${count} stages, a frame of dragging a stage at zoom 1`, drag, contenders, goals.drag),
    );
    if (count === 5_000)
      console.log(table(`${count} stages, a frame of panning, all in view`, whole, contenders, goals.whole));
  }
}

async function wholeCost(
  browser: Browser,
  pages: Pages,
  contender: ContenderName,
  stages: readonly DrawnStage[],
): Promise<number> {
  const open = await openPage(browser, pages, contender, {
    stages,
    positions: "written",
    view: wholeView(stages),
  });
  const cost = await panCost(open);
  await open.close();
  return cost;
}
