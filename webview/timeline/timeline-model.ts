import type { Moment, ShownTimeline, TimelinePart } from "#protocol";

/** How many forks begin at a moment: after its event, and before that of the next one. */
export function forksAt(
  { family, state }: Pick<NonNullable<ShownTimeline>, "family" | "state">,
  moment: Moment,
  next: Moment | undefined,
): number {
  const own = state.run?.id;
  return family.filter(({ run }) => {
    const fork = run?.fork ?? null;
    if (fork === null || fork.runId !== own || fork.seq < moment.seq) return false;
    return next === undefined || fork.seq < next.seq;
  }).length;
}

/** Moments that are asked for at once. */
export const PAGE = 100;

/** What the view knows of a timeline. */
export interface TimelineModel {
  readonly loaded: boolean;
  readonly shown: ShownTimeline;
  /** By the number of their first moment. */
  readonly pages: ReadonlyMap<number, readonly Moment[]>;
  readonly overview: readonly TimelinePart[];
  /** The row that the keyboard is at: a moment, or the edge, which is after all of them. */
  readonly row: number;
  /** Why the last jump could not be; null where it could. */
  readonly refusal: string | null;
}

export const initialModel: TimelineModel = {
  loaded: false,
  shown: null,
  pages: new Map(),
  overview: [],
  row: 0,
  refusal: null,
};

/** The row that is shown of the run. */
export function rowShown({ state }: NonNullable<ShownTimeline>): number {
  return state.cursor ?? state.total;
}

export function momentAt({ pages }: TimelineModel, row: number): Moment | undefined {
  return pages.get(row - (row % PAGE))?.[row % PAGE];
}

/**
 * The model once other things are shown. Moments that are there stay, unless they may say something else: of another
 * session, or of breakpoints, which are looked for while the run is stopped. The row goes where the run is shown to be,
 * unless it is elsewhere already and nothing was moved.
 */
export function withShown(model: TimelineModel, shown: ShownTimeline): TimelineModel {
  if (shown === null) return { ...initialModel, loaded: true };
  const before = model.shown?.session === shown.session ? model.shown : null;
  if (before === null) return { ...initialModel, loaded: true, shown, row: rowShown(shown) };
  const same =
    before.state.breakpoints === shown.state.breakpoints && before.state.stopped === shown.state.stopped;
  const moved = rowShown(before) !== rowShown(shown);
  return {
    ...model,
    shown,
    pages: same ? withoutLast(model.pages) : new Map(),
    row: moved ? rowShown(shown) : Math.min(model.row, shown.state.total),
    refusal: moved ? null : model.refusal,
  };
}

/** A page that was not full may be longer by now. */
function withoutLast(pages: TimelineModel["pages"]): TimelineModel["pages"] {
  const full = [...pages].filter(([, moments]) => moments.length === PAGE);
  return full.length === pages.size ? pages : new Map(full);
}

/** Rows of a list that are drawn: those that are in view, and some around them. */
export interface RowWindow {
  readonly first: number;
  /** After the last one. */
  readonly end: number;
}

/** Rows that are drawn above and below what is in view. */
const AROUND = 10;

export function rowsInView(
  view: { readonly top: number; readonly height: number },
  rowHeight: number,
  rows: number,
): RowWindow {
  const first = Math.max(0, Math.floor(view.top / rowHeight) - AROUND);
  const end = Math.min(rows, Math.ceil((view.top + view.height) / rowHeight) + AROUND);
  return { first: Math.min(first, end), end };
}

/** The pages that rows are on, by the numbers of their first moments. */
export function pagesOf({ first, end }: RowWindow, total: number): readonly number[] {
  const pages: number[] = [];
  for (let page = first - (first % PAGE); page < Math.min(end, total); page += PAGE) pages.push(page);
  return pages;
}

/** The row that a key leads to from one; null for a key that leads nowhere. `inView` is how many rows fit. */
export function rowByKey(key: string, row: number, total: number, inView: number): number | null {
  const to = (target: number): number => Math.max(0, Math.min(total, target));
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return to(row + 1);
    case "ArrowUp":
    case "ArrowLeft":
      return to(row - 1);
    case "PageDown":
      return to(row + inView);
    case "PageUp":
      return to(row - inView);
    case "Home":
      return 0;
    case "End":
      return total;
    default:
      return null;
  }
}
