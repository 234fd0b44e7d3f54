import { createNdjsonSink, createTimeline, foldRun, readJournal } from "../../core/journal/index.ts";
import { medianOf, milliseconds, timed, verdict } from "./figures.ts";
import { planChain, runChain } from "./recorded-chain.ts";

/** Opens the state at random events, and reads one stage of it, beside the fold of all events up to there. */
export async function measureStateAt(): Promise<void> {
  console.log("stateAt(seq): the state, its size, and one stage of it, at 1,000 random events");
  for (const events of [10_000, 100_000]) {
    let text = "";
    const sink = createNdjsonSink({ write: (lines) => (text += lines), flush: () => Promise.resolve() });
    await runChain(planChain(events / 2 - 1, "order-only"), sink, { bytes: 90, work: async () => {} });
    const recorded = readJournal(text).events;
    const before = memory();
    let timeline = createTimeline([]);
    const building = await timed(() => {
      timeline = createTimeline(recorded);
    });
    const kept = memory() - before;
    const times: number[] = [];
    for (let round = 0; round < 1000; round++) {
      const seq = (round * 7919) % recorded.length;
      const begin = performance.now();
      const { stages } = timeline.stateAt(seq);
      if (seq > 0 && stages.get("s0") === undefined) throw new Error("The first stage is missing.");
      if (seq > 10 && stages.size < 2) throw new Error("Stages are missing.");
      times.push(performance.now() - begin);
    }
    const folding = await timed(() => void foldRun(recorded));
    const median = medianOf(times);
    const worst = Math.max(...times);
    console.log(
      `  ${recorded.length} events: median ${milliseconds(median)}, worst ${milliseconds(worst)}, goal < 1 ms ${verdict(median < 1)}; the fold takes ${milliseconds(folding)}; the index is built in ${milliseconds(building)} and keeps ${Math.round(kept / recorded.length)} bytes an event, whose line has ${Math.round(text.length / recorded.length)}`,
    );
  }
}

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
