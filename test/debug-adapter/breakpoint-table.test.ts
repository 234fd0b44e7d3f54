import { expect, test } from "vitest";
import { createBreakpointTable } from "../../debug-adapter/breakpoints/breakpoint-table.ts";
import type { GateView } from "../../debug-adapter/breakpoints/gate-view.ts";
import { createMarks } from "../../debug-adapter/breakpoints/marks.ts";
import { pipelinePath } from "./support/adapter-process.ts";

const path = pipelinePath("branches");

/** Before the stage `left`, which stands on line 6 of that file. */
const beforeLeft = {
  point: { kind: "before", address: { frames: [], stage: "left" }, stage: "left", attempt: 1, lane: 0 },
  file: { path, pathsOf: () => [path] },
  scope: () => ({ resolve: () => undefined, names: () => [] }),
  write: () => {},
  // Of the view nothing else is looked at.
} as unknown as GateView;

test("breakpoints of a file stop as soon as they are asked for, and of two requests the later one counts", () => {
  const table = createBreakpointTable(createMarks());
  const source = { path };
  table.set({ source, breakpoints: [{ line: 6 }] });
  expect(table.hitAt(beforeLeft)).toHaveLength(1);
  table.set({ source, breakpoints: [{ line: 6 }] });
  table.set({ source, breakpoints: [] });
  expect(table.hitAt(beforeLeft)).toEqual([]);
});
