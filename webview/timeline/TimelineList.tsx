import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ShownTimeline } from "#protocol";
import { useStoreValue } from "../store/store.ts";
import { edgeWords } from "./moment-look.ts";
import { Overview } from "./Overview.tsx";
import { EdgeRow, momentMenu, ROW_HEIGHT, type Standing, TimelineRow } from "./TimelineRow.tsx";
import { forksAt, momentAt, rowByKey, rowShown, rowsInView } from "./timeline-model.ts";
import type { TimelineSession } from "./timeline-session.ts";

/** The rows of a timeline, of which only those in view are drawn, and its overview beside them. */
export function TimelineList({
  session,
  shown,
}: {
  readonly session: TimelineSession;
  readonly shown: NonNullable<ShownTimeline>;
}): ReactNode {
  const model = useStoreValue(session.store, (whole) => whole);
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const { state } = shown;
  const rows = state.total + 1;
  const inView = rowsInView(view, ROW_HEIGHT, rows);
  const at = rowShown(shown);
  const { row } = model;
  const current = row < state.total ? momentAt(model, row) : undefined;

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => session.need(inView));

  // The row of the keyboard comes into view; of a run that goes on that is its newest.
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || view.height === 0) return;
    const top = row * ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_HEIGHT > element.scrollTop + view.height)
      element.scrollTop = top + ROW_HEIGHT - view.height;
  }, [row, view.height]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 1);
    const target = event.key === "Enter" ? row : rowByKey(event.key, row, state.total, page);
    if (target === null) return;
    event.preventDefault();
    session.go(target);
  };

  const standingOf = (each: number): Standing => {
    if (each === at) return "shown";
    return each < at ? "past" : "to-come";
  };
  const forksOn = (each: number): number => {
    const moment = momentAt(model, each);
    return moment === undefined ? 0 : forksAt(shown, moment, momentAt(model, each + 1));
  };
  const drawn = Array.from({ length: inView.end - inView.first }, (_, index) => inView.first + index);
  return (
    <div className="timeline">
      <div
        ref={list}
        className="moments"
        role="listbox"
        tabIndex={0}
        aria-label={`Timeline of ${shown.name}`}
        aria-activedescendant={`moment-${row}`}
        // The keyboard's menu is that of its row.
        data-vscode-context={current === undefined ? undefined : momentMenu(current)}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          const { scrollTop, clientHeight } = event.currentTarget;
          setView({ top: scrollTop, height: clientHeight });
        }}
      >
        <div className="moments-all" role="presentation" style={{ height: rows * ROW_HEIGHT }}>
          {drawn.map((each) => {
            const place = {
              row: each,
              rows,
              standing: standingOf(each),
              isCurrent: each === row,
              onChoose: session.go,
            };
            return each === state.total ? (
              <EdgeRow key={each} {...place} words={edgeWords(state)} />
            ) : (
              <TimelineRow key={each} {...place} moment={momentAt(model, each)} forks={forksOn(each)} />
            );
          })}
        </div>
      </div>
      <Overview
        parts={model.overview}
        at={rows === 1 ? 0 : at / state.total}
        onChoose={(share) => session.go(Math.round(share * state.total))}
      />
    </div>
  );
}
