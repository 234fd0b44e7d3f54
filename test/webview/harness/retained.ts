import type { CDPSession } from "playwright-core";

/** What is still there of a page after the garbage is gone: bytes, nodes of the page, listeners. */
export interface Retained {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Collects the garbage and counts what is left. The session must have `Performance` enabled. */
export async function retained(protocol: CDPSession): Promise<Retained> {
  await protocol.send("HeapProfiler.collectGarbage");
  await protocol.send("HeapProfiler.collectGarbage");
  const { metrics } = await protocol.send("Performance.getMetrics");
  const named = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  return { heap: named("JSHeapUsedSize"), nodes: named("Nodes"), listeners: named("JSEventListeners") };
}

/** Parts of what there was that may have come or gone. */
const TOLERANCE = 0.1;

/** What has grown, or shrunk, more than it may since `before`: a line each, none where all is flat. */
export function changesSince(before: Retained, after: Retained): readonly string[] {
  const off = (name: keyof Retained, least: number): readonly string[] => {
    const by = after[name] - before[name];
    const most = Math.max(before[name] * TOLERANCE, least);
    return Math.abs(by) <= most ? [] : [`${name}: ${before[name]}, then ${after[name]}`];
  };
  return [...off("heap", 0), ...off("nodes", 0), ...off("listeners", 20)];
}
