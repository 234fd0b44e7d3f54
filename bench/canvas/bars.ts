import type { Browser } from "playwright-core";
import { medianOf, milliseconds, verdict } from "../journal/figures.ts";
import { dragCost, type OpenPage, openPage, panCost } from "./driver.ts";
import { drawnGraph, middleView, pipelineOf } from "./graph.ts";
import type { Pages } from "./pages.ts";
import { spread } from "./table.ts";

/** A frame of 60 in a second, in milliseconds. */
const frameMs = 16;
/** No task of opening may be longer, in milliseconds: a longer one is felt as a stop. */
const longestTaskMs = 200;
const keys = 60;

/** What is promised of our canvas by itself (CE-13), in a page outside VS Code. Nothing has a place in these files. */
export async function measureBars(browser: Browser, pages: Pages, rounds: number): Promise<void> {
  for (const { count, bar } of [
    { count: 500, bar: 2_000 },
    { count: 2_000, bar: 5_000 },
  ]) {
    const stages = drawnGraph(count);
    const [times, tasks]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      const open = await openPage(browser, pages, "flowmason", { stages, positions: "laid-out", view: null });
      times.push(open.firstRender);
      tasks.push(open.longestTask);
      await open.close();
    }
    say(`${count} stages, opened and laid out`, times, bar);
    say(`${count} stages, the longest task of that`, tasks, longestTaskMs);
  }

  const stages = drawnGraph(1_000);
  const [pan, drag, typed]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const open = await openPage(browser, pages, "flowmason", {
      stages,
      positions: "laid-out",
      view: middleView(stages),
    });
    pan.push(await panCost(open));
    drag.push(await dragCost(open));
    await open.close();
    typed.push(await typingCost(browser, pages));
  }
  say("1,000 stages, a frame of panning", pan, frameMs);
  say("1,000 stages, a frame of dragging a stage", drag, frameMs);
  say("500 stages, a key typed in the text beside the canvas", typed, frameMs);
}

/** Main-thread milliseconds for a key: the change, the selected stage, and two frames to show it. */
async function typingCost(browser: Browser, pages: Pages): Promise<number> {
  const stages = drawnGraph(500);
  const open = await openPage(browser, pages, "flowmason", { stages, positions: "laid-out", view: null });
  const stage = "stage_3";
  const name = `"Work of ${stage}`;
  const offset = pipelineOf(stages, "laid-out").indexOf(name) + name.length;
  await type(open, stage, offset, 5);
  const busy = await open.busyDuring(() => type(open, stage, offset, keys));
  await open.close();
  return busy / keys;
}

async function type({ page }: OpenPage, stage: string, offset: number, letters: number): Promise<void> {
  await page.evaluate((given) => window.typeAt(given.stage, given.offset, given.letters), {
    stage,
    offset,
    letters,
  });
}

function say(what: string, times: readonly number[], bar: number): void {
  const median = medianOf(times);
  console.log(
    `  ${what.padEnd(56)} ${milliseconds(median).padStart(8)}  ${spread(times).padEnd(16)} at most ${bar} ms ${verdict(median <= bar)}`,
  );
}
