import { isDeepStrictEqual } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Json } from "#core/ports";
import { rowText } from "../variables.ts";
import { crossingFrom } from "./crossing.ts";
import { type DataPlace, nameOf, readDataId } from "./data-place.ts";
import { withValues } from "./gate-scope.ts";
import type { GateView } from "./gate-view.ts";
import { createLastValues, type LastValues } from "./last-values.ts";
import { type Mark, stopsAt } from "./mark.ts";
import type { Marks } from "./marks.ts";
import { valueAt } from "./value-at.ts";

/** The data breakpoints of a session: a value changes, or goes to another stage. */
export interface DataTable {
  /** Answers `setDataBreakpoints`; they replace those before. */
  set(args: DebugProtocol.SetDataBreakpointsArguments): DebugProtocol.SetDataBreakpointsResponse["body"];
  /** A run, or a way through its record, from its beginning on. */
  track(of: Tracked): DataTrack;
}

/**
 * In a run breakpoints may be set on the way, which then have to know what values were before; through a record those
 * that there are go all the way, and where there are none no value has to be read.
 */
export type Tracked = "run" | "record";

/** Gates in the order in which they are come to. */
export interface DataTrack {
  /** Those that stop the run there, and what happened to their data; null for none. */
  hitAt(view: GateView): { readonly ids: readonly number[]; readonly text: string } | null;
}

interface Watch {
  readonly mark: Mark;
  readonly place: DataPlace;
  readonly access: DebugProtocol.DataBreakpointAccessType;
}

/** What has happened to the data of a watch. */
interface Happening {
  readonly value: Json;
  readonly previous: Json;
  readonly text: string;
}

/** A table without breakpoints. */
export function createDataTable(marks: Marks): DataTable {
  let watches: readonly Watch[] = [];
  return {
    set: ({ breakpoints }) => {
      const wanted = breakpoints.map((each) => ({
        place: `${each.accessType ?? "write"} ${each.dataId}`,
        terms: each,
      }));
      const set: Watch[] = [];
      const answers = marks.replace("data", wanted).map((placed, index): DebugProtocol.Breakpoint => {
        const { id } = placed;
        if (!placed.ok) return { id, verified: false, message: placed.message };
        const { dataId = "", accessType = "write" } = breakpoints[index] ?? {};
        const place = readDataId(dataId);
        if (place === null) return { id, verified: false, message: notOurs };
        set.push({ mark: placed.mark, place, access: accessType });
        return { id, verified: true };
      });
      watches = set;
      return { breakpoints: answers };
    },
    track: (of) => {
      const values = createLastValues();
      return {
        hitAt: (view) => {
          if (of === "record" && watches.length === 0) return null;
          const before = new Map(watches.map((watch) => [watch, values.of(watch.place, view)]));
          values.look(view);
          const hits = watches.flatMap((watch) => {
            const happening = changeOf(watch, before.get(watch), values, view) ?? readingOf(watch, view);
            if (happening === null) return [];
            const { value, previous, text } = happening;
            const scope = () => withValues(view.scope(), { value, previous });
            return stopsAt(watch.mark, scope, view.write) ? [{ id: watch.mark.id, text }] : [];
          });
          if (hits.length === 0) return null;
          return { ids: hits.map(({ id }) => id), text: hits.map(({ text }) => text).join("; ") };
        },
      };
    },
  };
}

const notOurs = "This is no data of a pipeline: set the breakpoint on a row of the Variables view.";

function changeOf(
  { access, place }: Watch,
  before: Json | undefined,
  values: LastValues,
  view: GateView,
): Happening | null {
  if (access === "read" || !values.isNewAt(place, view)) return null;
  const previous = valueAt(before, place.steps);
  const value = valueAt(values.of(place, view), place.steps);
  if (isDeepStrictEqual(previous, value)) return null;
  const [from, to] = [previous, value].map((each) => (each === undefined ? "nothing" : rowText(each)));
  const text = `${nameOf(place)} changed from ${from} to ${to}`;
  return { value: value ?? null, previous: previous ?? null, text };
}

function readingOf({ access, place }: Watch, view: GateView): Happening | null {
  if (access === "write" || place.kind !== "output" || place.path !== view.file.path) return null;
  const value = valueAt(crossingFrom(place.stage, view), place.steps);
  if (value === undefined) return null;
  return { value, previous: value, text: `${nameOf(place)} goes to ${view.point.stage}: ${rowText(value)}` };
}
