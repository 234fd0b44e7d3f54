import { expect, test } from "vitest";
import { dataIdOf } from "../../debug-adapter/breakpoints/data-place.ts";
import { createDataTable } from "../../debug-adapter/breakpoints/data-table.ts";
import type { GateView } from "../../debug-adapter/breakpoints/gate-view.ts";
import { createMarks } from "../../debug-adapter/breakpoints/marks.ts";

/** The end of a stage, with the number of times that its output was read. */
function gate(output: string): { readonly view: GateView; reads(): number } {
  let reads = 0;
  const place = { address: { frames: [], stage: "a" }, stage: "a", attempt: 1, lane: 0 };
  const outcome = {
    kind: "succeeded" as const,
    get output() {
      reads += 1;
      return output;
    },
  };
  const file: Pick<GateView["file"], "path"> = { path: "/p" };
  const view = {
    point: { kind: "after" as const, ...place, outcome },
    launched: "/p",
    file,
    planOf: () => undefined,
    scope: () => ({ resolve: () => undefined, names: () => [] }),
    write: () => {},
    // Of the file nothing but its path is looked at.
  } as unknown as GateView;
  return { view, reads: () => reads };
}

test("through a record no value is read where no data breakpoint is set; in a run each may be needed later", () => {
  const { view, reads } = gate("one");
  const table = createDataTable(createMarks());
  expect(table.track("record").hitAt(view)).toBeNull();
  expect(reads()).toBe(0);
  expect(table.track("run").hitAt(view)).toBeNull();
  expect(reads()).toBeGreaterThan(0);
});

test("through a record a data breakpoint stops where its data changes", () => {
  const table = createDataTable(createMarks());
  table.set({ breakpoints: [{ dataId: dataIdOf({ kind: "output", path: "/p", stage: "a", steps: [] }) }] });
  const track = table.track("record");
  expect(track.hitAt(gate("one").view)?.text).toBe('a changed from nothing to "one"');
  expect(track.hitAt(gate("one").view)).toBeNull();
  expect(track.hitAt(gate("two").view)?.text).toBe('a changed from "one" to "two"');
});
