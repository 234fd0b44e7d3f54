import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Scope } from "#core/expressions";
import { rowText } from "../variables.ts";
import { crossingFrom } from "./crossing.ts";
import { type FunctionPlace, readFunctionName } from "./function-name.ts";
import { withValues } from "./gate-scope.ts";
import type { GateView } from "./gate-view.ts";
import { stopsAt } from "./mark.ts";
import type { Marks, Placed } from "./marks.ts";
import type { Named, NameLookup } from "./run-names.ts";

/** The function breakpoints of a session: by stage or by component type, before, after, or on error. */
export interface FunctionTable {
  /** Answers `setFunctionBreakpoints`; they replace those before. */
  set(
    args: DebugProtocol.SetFunctionBreakpointsArguments,
  ): Promise<DebugProtocol.SetFunctionBreakpointsResponse["body"]>;
  /** Answers `flowmason/functionLogMessages`: those of these names write, and do not stop. */
  setMessages(messages: Readonly<Record<string, string>>): Promise<void>;
  /** What is about to run is known: those that were set before it get to know whether they are in it. */
  bind(lookup: NameLookup): Promise<void>;
  /** Those that stop the run there. */
  hitAt(view: GateView): readonly FunctionHit[];
}

/** One that was hit; `text` says what crosses, where it is of an edge. */
export interface FunctionHit {
  readonly id: number;
  readonly text: string | null;
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
  let written: readonly DebugProtocol.FunctionBreakpoint[] = [];
  let messages: ReadonlyMap<string, string> = new Map();

  /** Those that have other terms than before, and are the same to the client, keep their ids. */
  const put = async (
    breakpoints: readonly DebugProtocol.FunctionBreakpoint[],
    ids: readonly number[],
  ): Promise<readonly DebugProtocol.Breakpoint[]> => {
    written = breakpoints;
    const wanted = breakpoints.map((each, index) => {
      const logMessage = messages.get(each.name);
      const id = ids[index];
      return {
        place: each.name,
        terms: logMessage === undefined ? each : { ...each, logMessage },
        ...(id === undefined ? {} : { id }),
      };
    });
    const placed = marks.replace("function breakpoints", wanted);
    const set = placed.map((each, index): Entry => {
      const place = readFunctionName(breakpoints[index]?.name ?? "");
      return { place, placed: each, named: null };
    });
    entries = set;
    if (lookup !== null) {
      await nameAll(set, lookup);
      marks.moved();
    }
    return set.map(answerOf);
  };

  return {
    set: async ({ breakpoints }) => ({ breakpoints: [...(await put(breakpoints, []))] }),
    setMessages: async (given) => {
      messages = new Map(Object.entries(given));
      const ids = entries.map(({ placed }) => placed.id);
      for (const breakpoint of await put(written, ids)) changed(breakpoint);
    },
    bind: async (names) => {
      lookup = names;
      const waiting = entries;
      await nameAll(waiting, names);
      for (const entry of waiting) changed(answerOf(entry));
    },
    hitAt: (view) =>
      entries.flatMap(({ placed, place, named }): readonly FunctionHit[] => {
        const at = placed.ok && named !== null ? arrival(place, named, view) : null;
        if (!placed.ok || at === null) return [];
        return stopsAt(placed.mark, at.scope, view.write) ? [{ id: placed.id, text: at.text }] : [];
      }),
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

/** That the run has come to a breakpoint, and what its expressions see; null when it has not. */
interface Arrival {
  readonly scope: () => Scope;
  readonly text: string | null;
}

function arrival(place: FunctionPlace, named: Named, view: GateView): Arrival | null {
  const { point, file, scope } = view;
  switch (named.kind) {
    case "unknown":
      return null;
    case "type": {
      const isOfType = file.planOf(point.stage)?.definition.type === named.type;
      return isOfType && isMoment(place, point) ? { scope, text: null } : null;
    }
    case "stage": {
      const isStage = point.stage === named.stage && isIn(named.path, view);
      return isStage && isMoment(place, point) ? { scope, text: null } : null;
    }
    case "edge": {
      const isTarget = point.stage === named.to && isIn(named.path, view);
      const value = isTarget ? crossingFrom(named.from, view) : undefined;
      if (value === undefined) return null;
      return {
        scope: () => withValues(scope(), { value }),
        text: `${named.from} goes to ${named.to}: ${rowText(value)}`,
      };
    }
  }
}

function isIn(path: string | null, { point, file, launched }: GateView): boolean {
  if (path === null) return file.path === launched;
  return file.path === path || file.pathsOf(point.stage).includes(path);
}

function isMoment({ moment }: FunctionPlace, point: GateView["point"]): boolean {
  switch (moment) {
    case "before":
      return point.kind === "before";
    case "after":
      return point.kind === "after" && point.outcome.kind === "succeeded";
    case "edge":
      return false;
    case "error":
      return point.kind === "after" && point.outcome.kind === "failed";
  }
}
