import {
  type Channel,
  createChannel,
  type Port,
  timelineDefect,
  timelineJump,
  timelineMoments,
  timelineOpenRecord,
  timelineOverview,
  timelineReady,
  timelineShown,
  timelineSwitch,
} from "#protocol";
import { createStore, type Store } from "../store/store.ts";
import {
  initialModel,
  PAGE,
  pagesOf,
  type RowWindow,
  type TimelineModel,
  withShown,
} from "./timeline-model.ts";

/** The view's conversation with the extension, and what it knows. */
export interface TimelineSession {
  readonly store: Store<TimelineModel>;
  load(): Promise<void>;
  /** Asks for the moments of rows that are not there yet. */
  need(rows: RowWindow): void;
  /** Goes to a row, and shows the run as of it once no other row is gone to at once. */
  go(row: number): void;
  openRecord(): void;
  /** Looks at another run of the tree of forks. */
  switchTo(runId: string): void;
  reportDefect(error: unknown): void;
  dispose(): void;
}

/** Milliseconds without another key after which the run is shown as of the row: while a key is held, rows go by. */
const SETTLED_AFTER = 90;

/** Milliseconds between two overviews of a run that grows. */
const OVERVIEW_EVERY = 500;

/** Parts of the overview. */
const PARTS = 120;

export function createTimelineSession(port: Port): TimelineSession {
  const store = createStore(initialModel);
  const asked = new Set<string>();
  let settling: ReturnType<typeof setTimeout> | undefined;
  let overviewing: ReturnType<typeof setTimeout> | undefined;

  const reportDefect = (error: unknown): void =>
    channel.emit(timelineDefect, {
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  const channel: Channel = createChannel(port, reportDefect);

  const take = (shown: TimelineModel["shown"]): void => {
    store.update((model) => withShown(model, shown));
    if (shown !== null)
      overviewing ??= setTimeout(readOverview, store.get().overview.length === 0 ? 0 : OVERVIEW_EVERY);
  };

  const readOverview = (): void => {
    overviewing = undefined;
    const session = store.get().shown?.session;
    if (session === undefined) return;
    channel.request(timelineOverview, { session, parts: PARTS }).then((overview) => {
      store.update((model) => (model.shown?.session === session ? { ...model, overview } : model));
    }, reportDefect);
  };

  const readPage = (session: string, start: number, total: number): void => {
    const key = `${session} ${start} ${total}`;
    if (asked.has(key)) return;
    asked.add(key);
    channel
      .request(timelineMoments, { session, start, count: PAGE })
      .then((moments) => {
        store.update((model) => {
          if (model.shown?.session !== session) return model;
          return { ...model, pages: new Map(model.pages).set(start, moments) };
        });
      }, reportDefect)
      .finally(() => asked.delete(key));
  };

  const show = async (row: number): Promise<void> => {
    const { shown } = store.get();
    if (shown === null) return;
    const refusal = await channel.request(timelineJump, { session: shown.session, moment: row });
    store.update((model) => ({ ...model, refusal }));
  };

  channel.onEvent(timelineShown, take);
  return {
    store,
    reportDefect,
    load: async () => take(await channel.request(timelineReady, {})),
    need: (rows) => {
      const { shown, pages } = store.get();
      if (shown === null) return;
      const { session, state } = shown;
      for (const page of pagesOf(rows, state.total)) {
        const has = pages.get(page)?.length ?? 0;
        if (has < Math.min(PAGE, state.total - page)) readPage(session, page, state.total);
      }
    },
    go: (row) => {
      store.update((model) => ({ ...model, row }));
      clearTimeout(settling);
      settling = setTimeout(() => void show(row).catch(reportDefect), SETTLED_AFTER);
    },
    switchTo: (runId) => void channel.request(timelineSwitch, { runId }).catch(reportDefect),
    openRecord: () => void channel.request(timelineOpenRecord, {}).catch(reportDefect),
    dispose: () => {
      clearTimeout(settling);
      clearTimeout(overviewing);
      channel.dispose();
    },
  };
}
