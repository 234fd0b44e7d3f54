import type { DebugProtocol } from "@vscode/debugprotocol";
import { type FunctionPlace, readFunctionName } from "./function-name.ts";
import type { GateView } from "./gate-view.ts";
import { type Mark, stopsAt } from "./mark.ts";
import type { Marks, Placed } from "./marks.ts";
import type { Named, NameLookup } from "./run-names.ts";

/** The function breakpoints of a session: by stage or by component type, before, after, or on error. */
export interface FunctionTable {
  /** Answers `setFunctionBreakpoints`; they replace those before. */
  set(
    args: DebugProtocol.SetFunctionBreakpointsArguments,
  ): Promise<DebugProtocol.SetFunctionBreakpointsResponse["body"]>;
  /** What is about to run is known: those that were set before it get to know whether they are in it. */
  bind(lookup: NameLookup): Promise<void>;
  /** The ids of those that stop the run there. */
  hitAt(view: GateView): readonly number[];
}

interface Entry {
  readonly place: FunctionPlace;
  readonly placed: Placed;
  named: Named | null;
}

const notYet = "Which stages it is for is looked up when the run begins.";

/** A table without breakpoints; `changed` hears of those that are bound later than they were set. */
export function createFunctionTable(
  marks: Marks,
  changed: (breakpoint: DebugProtocol.Breakpoint) => void,
): FunctionTable {
  let entries: readonly Entry[] = [];
  let lookup: NameLookup | null = null;

  return {
    set: async ({ breakpoints }) => {
      const wanted = breakpoints.map((each) => ({ place: each.name, terms: each }));
      const placed = marks.replace("function breakpoints", wanted);
      const set = placed.map((each, index): Entry => {
        const place = readFunctionName(breakpoints[index]?.name ?? "");
        return { place, placed: each, named: null };
      });
      entries = set;
      if (lookup !== null) await nameAll(set, lookup);
      return { breakpoints: set.map(answerOf) };
    },
    bind: async (names) => {
      lookup = names;
      const waiting = entries;
      await nameAll(waiting, names);
      for (const entry of waiting) changed(answerOf(entry));
    },
    hitAt: (view) =>
      entries
        .flatMap((entry): readonly Mark[] =>
          entry.placed.ok && isAt(entry, view) ? [entry.placed.mark] : [],
        )
        .filter((mark) => stopsAt(mark, view.scope, view.write))
        .map(({ id }) => id),
  };
}

async function nameAll(entries: readonly Entry[], lookup: NameLookup): Promise<void> {
  for (const entry of entries) entry.named = await lookup(entry.place);
}

function answerOf({ placed, named }: Entry): DebugProtocol.Breakpoint {
  const { id } = placed;
  if (!placed.ok) return { id, verified: false, message: placed.message };
  if (named === null) return { id, verified: false, message: notYet, reason: "pending" };
  if (named.kind === "unknown") return { id, verified: false, message: named.message, reason: "failed" };
  return { id, verified: true };
}

function isAt({ place, named }: Entry, { point, file, launched }: GateView): boolean {
  if (named === null || !isMoment(place, point)) return false;
  switch (named.kind) {
    case "unknown":
      return false;
    case "type":
      return file.planOf(point.stage)?.definition.type === named.type;
    case "stage":
      if (point.stage !== named.stage) return false;
      return named.path === null
        ? file.path === launched
        : file.path === named.path || file.pathsOf(point.stage).includes(named.path);
  }
}

function isMoment({ moment }: FunctionPlace, point: GateView["point"]): boolean {
  switch (moment) {
    case "before":
      return point.kind === "before";
    case "after":
      return point.kind === "after" && point.outcome.kind === "succeeded";
    case "error":
      return point.kind === "after" && point.outcome.kind === "failed";
  }
}
