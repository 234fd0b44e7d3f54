import type { Browser, CDPSession, Page } from "playwright-core";
import { type DrawnStage, type Positions, pane, pipelineOf, type View } from "./graph.ts";
import type { ContenderName, Pages } from "./pages.ts";

/** A contender's page with its graph on the screen. */
export interface OpenPage {
  readonly page: Page;
  /** Milliseconds from the call that draws to the frame that shows it. */
  readonly firstRender: number;
  /** The longest task of the main thread until then, in milliseconds; 0 where none took 50 or more. */
  readonly longestTask: number;
  /** Milliseconds of processor time that the main thread had tasks for while `work` lasted. */
  busyDuring(work: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

/** What our inspector takes of the width; the others have a narrower window, so that all panes are alike. */
const inspectorWidth = 320;

/** Opens a page and has it draw the graph; `view` null: as the contender does by itself. */
export async function openPage(
  browser: Browser,
  pages: Pages,
  contender: ContenderName,
  graph: {
    readonly stages: readonly DrawnStage[];
    readonly positions: Positions;
    readonly view: View | null;
  },
): Promise<OpenPage> {
  const width = pane.width + (contender === "flowmason" ? inspectorWidth : 0);
  const context = await browser.newContext({
    viewport: { width, height: pane.height },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(error.message));
  await page.goto(pages.addressOf(contender));
  await page.waitForFunction(() => window.contender !== undefined);
  const { stages, positions, view } = graph;
  const drawing = { stages, text: pipelineOf(stages, positions), view };
  // Handed over before, and not in the task that is measured.
  await page.evaluate((given) => {
    window.drawing = given;
  }, drawing);
  const { firstRender, longestTask } = await page.evaluate(async () => {
    const tasks: number[] = [];
    const note = (entries: PerformanceEntryList): void => {
      for (const { duration } of entries) tasks.push(duration);
    };
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "longtask" });
    const took = await window.contender.draw(window.drawing);
    note(observer.takeRecords());
    observer.disconnect();
    return { firstRender: took, longestTask: Math.max(0, ...tasks) };
  });
  await atRest(page);
  const protocol = await context.newCDPSession(page);
  await protocol.send("Performance.enable", { timeDomain: "threadTicks" });
  return {
    page,
    firstRender,
    longestTask,
    async busyDuring(work) {
      const before = await busySeconds(protocol);
      await work();
      return ((await busySeconds(protocol)) - before) * 1000;
    },
    async close() {
      await context.close();
      if (failures.length > 0) throw new Error(`The page of ${contender} failed: ${failures.join("; ")}`);
    },
  };
}

/**
 * Waits until nothing more is loaded and drawn: what a page does once its graph is there (ours draws its forms) is no
 * part of moving the graph.
 */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const seen = (): string =>
      `${performance.getEntriesByType("resource").length} ${document.querySelectorAll("*").length}`;
    let before = "";
    for (let quiet = 0; quiet < 8; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await new Promise((resolve) => requestIdleCallback(resolve));
      quiet = seen() === before ? quiet + 1 : 0;
      before = seen();
    }
  });
}

async function busySeconds(protocol: CDPSession): Promise<number> {
  const { metrics } = await protocol.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}

/** Main-thread milliseconds for each frame of moving the whole graph (its processor time: other programs do not count) with the mouse. */
export async function panCost(open: OpenPage): Promise<number> {
  let busy = 0;
  for (let stroke = 0; stroke < strokes; stroke++) {
    const { x, y } = await emptyPlace(open.page);
    busy += await dragWith(open, { x, y }, (frame) => ({ x: x - frame * 14, y: y - frame * 2 }));
  }
  return busy / (strokes * frames);
}

/** The same of moving one stage, in the middle of the pane. */
export async function dragCost(open: OpenPage): Promise<number> {
  const { x, y } = await middleStage(open.page);
  // Round in a circle that begins and ends where the stage was.
  const busy = await dragWith(open, { x, y }, (frame) => {
    const angle = (frame / frames) * 2 * Math.PI;
    return { x: x + 150 * Math.sin(angle), y: y + 150 * (1 - Math.cos(angle)) };
  });
  return busy / frames;
}

const strokes = 3;
/** Of each stroke. The browser answers a move of the mouse when the frame that follows it is made. */
const frames = 60;

interface Place {
  readonly x: number;
  readonly y: number;
}

async function dragWith(open: OpenPage, from: Place, at: (frame: number) => Place): Promise<number> {
  const { mouse } = open.page;
  await mouse.move(from.x, from.y);
  await mouse.down();
  const busy = await open.busyDuring(async () => {
    for (let frame = 1; frame <= frames; frame++) {
      const { x, y } = at(frame);
      await mouse.move(x, y);
    }
  });
  await mouse.up();
  return busy;
}

/** A place right in the pane where neither stage nor line is. */
async function emptyPlace(page: Page): Promise<Place> {
  return await page.evaluate(({ width, height }) => {
    const taken = ".react-flow__node, .react-flow__edge, .wire, .react-flow__panel, .box, .line, .toolbar";
    for (let y = 120; y < height - 40; y += 7)
      for (let x = width - 30; x > width / 2; x -= 7)
        if (document.elementFromPoint(x, y)?.closest(taken) === null) return { x, y };
    throw new Error("There is no empty place.");
  }, pane);
}

async function middleStage(page: Page): Promise<Place> {
  return await page.evaluate(({ width, height }) => {
    const middle = { x: width / 2, y: height / 3 };
    const boxes = [...document.querySelectorAll(".react-flow__node, .box")].map((element) => {
      const { x, y, width: w, height: h } = element.getBoundingClientRect();
      return { x: x + w / 2, y: y + h / 2 };
    });
    const far = (place: Place): number => Math.hypot(place.x - middle.x, place.y - middle.y);
    const nearest = boxes.toSorted((a, b) => far(a) - far(b))[0];
    if (nearest === undefined) throw new Error("There is no stage.");
    return nearest;
  }, pane);
}
