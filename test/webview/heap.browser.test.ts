import type { CDPSession } from "playwright-core";
import { expect, test } from "vitest";
import { isSoak } from "../support/soak.ts";
import type { CanvasPage } from "./harness/canvas-page.ts";
import { changesSince, type Retained, retained } from "./harness/retained.ts";
import { shareHarness } from "./harness/share-harness.ts";
import { largeText } from "./large-text.ts";

const harness = shareHarness();
const MINUTE = 60_000;
/** Of the share that `npm test` does; the soak goes by the clock. */
const ROUNDS = 4;

test("CE-13 ten minutes of panning and dragging leave the heap flat and nothing behind", {
  timeout: (isSoak ? 40 : 10) * MINUTE,
}, async () => {
  const { round, measure } = await openMoved();
  const before = await measure();
  report("at the start", before);
  for (let minute = 1; minute <= (isSoak ? 10 : 1); minute++) {
    const end = performance.now() + MINUTE;
    for (let count = 0; isSoak ? performance.now() < end : count < ROUNDS; count++) await round();
    const after = await measure();
    report(`after ${minute} min`, after);
    expect(changesSince(before, after), `after ${minute} minutes`).toEqual([]);
  }
});

test("CE-13 a heap that does not stay flat is noticed", { timeout: 10 * MINUTE }, async () => {
  const { canvas, round, measure } = await openMoved();
  const before = await measure();
  await canvas.page.evaluate(() => {
    const kept: unknown[] = [];
    // A tenth of the heap is a few megabytes: this is less than what one gesture in a minute may keep.
    window.addEventListener("pointerup", () => {
      kept.push(Array.from({ length: 20_000 }, (_, index) => ({ index })));
    });
  });
  for (let count = 0; count < ROUNDS; count++) await round();
  expect(changesSince(before, await measure()).join()).toContain("heap");
});

/** A large graph, and a round of moving a stage and the view there and back. What is made once has been made. */
async function openMoved(): Promise<{
  readonly canvas: CanvasPage;
  readonly round: () => Promise<void>;
  readonly measure: () => Promise<Retained>;
}> {
  const canvas = await harness.open({ text: largeText(500) });
  const protocol: CDPSession = await canvas.page.context().newCDPSession(canvas.page);
  await protocol.send("Performance.enable");
  const there = await canvas.centre("s0");
  const away = { x: there.x + 60, y: there.y + 40 };
  const empty = await emptyPlace(canvas);
  const far = { x: empty.x - 500, y: empty.y - 60 };
  const round = async (): Promise<void> => {
    await canvas.drag(there, away);
    await canvas.drag(away, there);
    await canvas.drag(empty, far);
    await canvas.drag(far, empty);
  };
  // Code is compiled, caches fill, and the first move writes a line of layout.
  for (let warm = 0; warm < 4; warm++) await round();
  return { canvas, round, measure: () => retained(protocol) };
}

function report(when: string, { heap, nodes, listeners }: Retained): void {
  if (!isSoak) return;
  const megabytes = (heap / 1_048_576).toFixed(2);
  process.stdout.write(`  heap ${when}: ${megabytes} MB, ${nodes} nodes, ${listeners} listeners\n`);
}

/** A place to the right in the pane where neither stage nor wire is. */
async function emptyPlace({ page }: CanvasPage): Promise<{ readonly x: number; readonly y: number }> {
  return await page.evaluate(() => {
    for (let y = 300; y < 700; y += 7)
      for (let x = 850; x > 600; x -= 7)
        if (document.elementFromPoint(x, y)?.classList.contains("react-flow__pane") === true) return { x, y };
    throw new Error("There is no empty place.");
  });
}
