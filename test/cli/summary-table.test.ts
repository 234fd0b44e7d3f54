import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { foldRun, type JournalEvent } from "#core/journal";
import { summaryTable } from "../../cli/run/summary-table.ts";
import type { Channel } from "../../cli/terminal.ts";

const plain: Channel = {
  stream: new PassThrough(),
  write: () => {},
  document: () => {},
  isScreen: false,
  status: () => {},
  style: (_, text) => text,
};
const failure = { type: "EXECUTION", message: "m", recoverable: false } as const;

function events(
  stages: readonly { readonly id: string; readonly took: number; readonly ends: "well" | "badly" }[],
) {
  return stages.flatMap(({ id, took, ends }, index): readonly JournalEvent[] => {
    const address = { frames: [], stage: id };
    const at = { attempt: 1, address };
    const end =
      ends === "well"
        ? ({ kind: "stage-succeeded", output: { ref: "r" } } as const)
        : ({ kind: "stage-failed", failure, next: { kind: "propagate" } } as const);
    const start = {
      kind: "stage-started",
      attemptKey: "k",
      componentType: "logger",
      inputs: { ref: "r" },
    } as const;
    return [
      { seq: 2 * index, at: 0, ...at, ...start },
      { seq: 2 * index + 1, at: took, ...at, ...end },
    ];
  });
}

test("a stage of which nothing ran is cached, and of another is told how often", () => {
  const hit = {
    kind: "hit",
    key: "k",
    group: "g",
    ingredients: {},
    storedBy: "r",
    storedAt: 0,
  } as const;
  const [start, end] = events([{ id: "a", took: 5, ends: "well" }]);
  if (start === undefined || end === undefined) throw new Error("there are no events");
  const taken = { seq: 0, at: 0, kind: "stage-cache", attempt: 1, outcome: hit } as const;
  const address = (index: number) => ({
    stage: "body",
    frames: [{ kind: "iteration", owner: "each", index }] as const,
  });
  const round = (index: number, ...more: readonly JournalEvent[]): readonly JournalEvent[] =>
    [start, ...more, end].map((event) => ({ ...event, address: address(index) }) as JournalEvent);
  const state = foldRun([
    ...[start, { ...taken, address: { frames: [], stage: "a" } }, end],
    ...round(0, { ...taken, address: address(0) }),
    ...round(1),
  ]);
  const told = summaryTable(state, plain).map((line) => line.split(/ {2,}/).slice(0, 2));
  expect(told).toEqual([
    ["STATUS", "STAGE"],
    ["cached", "a"],
    ["succeeded", "body (2 rounds, 1 cached)"],
  ]);
});

test("columns are aligned, and a stage has one line", () => {
  const state = foldRun(
    events([
      { id: "a", took: 5, ends: "well" },
      { id: "a longer name", took: 2500, ends: "badly" },
    ]),
  );
  expect(summaryTable(state, plain)).toEqual([
    "STATUS     STAGE          TIME   ATTEMPTS  TOKENS  COST",
    "succeeded  a              5 ms   1         -       -",
    "failed     a longer name  2.5 s  1         -       -",
  ]);
});

test("what is taken over from a record took nothing now, and what goes on from it only since then", () => {
  const both = events([
    { id: "kept", took: 5, ends: "well" },
    { id: "loop", took: 900, ends: "well" },
  ]);
  const since = { at: 500, heardOf: new Set(["loop"]) };
  expect(summaryTable(foldRun(both), plain, since)).toEqual([
    "STATUS      STAGE  TIME    ATTEMPTS  TOKENS  COST",
    "taken over  kept   -       -         -       -",
    "succeeded   loop   400 ms  1         -       -",
  ]);
});

test("of more than 40 stages those that failed or took longest are told, in the run's order", () => {
  const many = Array.from({ length: 100 }, (_, n) => ({ id: `s${n}`, took: n, ends: "well" as const }));
  const lines = summaryTable(foldRun(events([{ id: "bad", took: 0, ends: "badly" }, ...many])), plain);
  expect(lines).toHaveLength(42);
  expect(lines[1]).toMatch(/^failed +bad /);
  expect(lines[2]).toMatch(/ s61 /);
  expect(lines[40]).toMatch(/ s99 /);
  expect(lines[41]).toMatch(/^and 61 more/);
});

test("one stage alone needs no table", () => {
  expect(summaryTable(foldRun(events([{ id: "a", took: 1, ends: "well" }])), plain)).toEqual([]);
});
