import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import type { DiffChange } from "#protocol";
import { useStoreValue } from "../store/store.ts";
import { allChanges, listedChanges, listedGroups } from "./comparison-model.ts";
import type { ComparisonSession } from "./comparison-session.ts";

/** What is different, a line each, by stages; what is only drawn elsewhere is one line. */
export function ChangeList({ session }: { readonly session: ComparisonSession }): ReactNode {
  const model = useStoreValue(session.store, (whole) => whole);
  const list = useRef<HTMLDivElement>(null);
  const listed = listedChanges(model);
  const idOf = (change: DiffChange): string => `change-${listed.indexOf(change)}`;
  const active = model.change === null ? undefined : idOf(model.change);
  const moved = allChanges(model).filter(({ topic }) => topic === "layout").length;

  useLayoutEffect(() => {
    if (active !== undefined) list.current?.querySelector(`#${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const end = event.key === "Home" ? listed[0] : event.key === "End" ? listed.at(-1) : undefined;
    if (event.key === "ArrowDown") session.step("next");
    else if (event.key === "ArrowUp") session.step("previous");
    else if (event.key === "Enter" && model.change !== null) openAfter(session, model.change);
    else if (end !== undefined) session.look(end);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        ref={list}
        className="change-list"
        role="listbox"
        tabIndex={0}
        aria-label="Changes"
        aria-activedescendant={active}
        onKeyDown={onKeyDown}
      >
        {listedGroups(model).map(({ stage, changes }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox.
          <div
            key={stage ?? "the pipeline"}
            role="group"
            aria-label={stage ?? "Pipeline"}
            className="change-group"
          >
            <div className="change-stage" aria-hidden="true">
              {stage ?? "Pipeline"}
            </div>
            {changes.map((change) => (
              <ChangeRow
                key={`${change.kind} ${change.path}`}
                id={idOf(change)}
                change={change}
                current={change === model.change ? "current" : "other"}
                onChoose={session.look}
              />
            ))}
          </div>
        ))}
      </div>
      {moved === 0 ? null : (
        <p className="layout-line">
          Layout: {moved} {moved === 1 ? "place" : "places"} on the canvas
        </p>
      )}
    </>
  );
}

function ChangeRow({
  id,
  change,
  current,
  onChoose,
}: {
  readonly id: string;
  readonly change: DiffChange;
  readonly current: "current" | "other";
  readonly onChoose: (change: DiffChange) => void;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names this row as the active one.
    <div
      id={id}
      className="change"
      role="option"
      aria-selected={current === "current"}
      data-change={lookOf(change)}
      onClick={() => onChoose(change)}
    >
      <span className="change-sign" aria-hidden="true">
        {change.sign}
      </span>
      <span className="change-label">{rowWords(change)}</span>
    </div>
  );
}

/** Shows where a change is in the text: as it is now, else as it was. */
export function openAfter(session: ComparisonSession, { places }: DiffChange): void {
  if (places.after !== null) session.openText("after", places.after);
  else session.openText("before", places.before);
}

/** Under the name of its stage a value needs its path only. */
function rowWords({ kind, path, label, sign }: DiffChange): string {
  if (kind === "run-differs") return label;
  if (path === "") return label.charAt(0).toUpperCase() + label.slice(1);
  switch (sign) {
    case "+":
      return `${path} added`;
    case "-":
      return `${path} removed`;
    case "~":
    case "»":
      return `${path} changed`;
  }
}

function lookOf({ sign }: DiffChange): string {
  switch (sign) {
    case "+":
      return "added";
    case "-":
      return "removed";
    case "~":
      return "changed";
    case "»":
      return "moved";
  }
}
