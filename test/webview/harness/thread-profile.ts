import type { Page } from "playwright-core";

/** The names of the functions that the page's own thread was seen in while `act` was at work; what workers do is not in it. */
export async function functionsRunBy(page: Page, act: () => Promise<void>): Promise<ReadonlySet<string>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Profiler.enable");
  // In microseconds: whatever takes some milliseconds is seen.
  await session.send("Profiler.setSamplingInterval", { interval: 500 });
  await session.send("Profiler.start");
  await act();
  const { profile } = await session.send("Profiler.stop");
  await session.detach();
  return new Set(profile.nodes.map(({ callFrame }) => callFrame.functionName));
}
