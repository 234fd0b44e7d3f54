import { expect, test } from "vitest";
import { countLines, crashAtAnyTime, crashAtLine, uninterrupted } from "../support/crash/crash-run.ts";
import { cases } from "../support/soak.ts";

// Every so many lines; in a soak each.
const stride = cases(11, 1);

test("a run killed at a write of its journal goes on to the same end, and does nothing twice unasked", async () => {
  const whole = await uninterrupted();
  const lines = countLines(whole);
  expect(lines).toBeGreaterThan(120);
  // Two at a time, as there are few processors; every other one tears the line that comes next.
  let line = 0;
  const some = async (): Promise<void> => {
    while (line < lines) {
      const at = line;
      line += stride;
      try {
        await crashAtLine(whole, at, at % 2 === 0 ? 0 : 17);
      } catch (error) {
        throw new Error(`Killed at line ${at}.`, { cause: error });
      }
    }
  };
  await Promise.all([some(), some()]);
}, 3_600_000);

test("a run killed at any time, and killed again as it goes on, comes to the same end", async () => {
  const whole = await uninterrupted();
  let left = cases(4, 200);
  let seed = 20260411;
  const some = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      seed = (seed * 48_271) % 2_147_483_647;
      const [first, second] = [seed % 700, Math.floor(seed / 700) % 700];
      try {
        await crashAtAnyTime(whole, [first, second]);
      } catch (error) {
        throw new Error(`Killed after ${first} ms, and then after ${second} ms.`, { cause: error });
      }
    }
  };
  await Promise.all([some(), some()]);
}, 3_600_000);
