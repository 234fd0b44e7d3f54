import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { ComponentColor } from "#core/component-definitions";
import { closeOverlay } from "../session/overlay-commands.ts";
import { useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";
import { keepTyping } from "./field-keys.ts";

/** A line to choose. */
export interface PickItem {
  readonly key: string;
  readonly icon: string;
  readonly color: ComponentColor;
  readonly title: string;
  readonly detail: string;
  /** Shown when the pointer rests on it. */
  readonly hint: string;
  /** Why it cannot be chosen; null when it can. */
  readonly refusal: string | null;
  /** The heading above it and those beside it that have the same; null: none. */
  readonly group: string | null;
  readonly choose: () => void;
}

/** A list over the canvas that one thing is chosen from, in the manner of VS Code's quick pick. */
export function PickList({
  label,
  placeholder,
  search,
  count,
}: {
  label: string;
  placeholder: string;
  /** What to show for a query, and how many there are besides. */
  search: (query: string) => { readonly listed: readonly PickItem[]; readonly found: number };
  /** How many were found, in words. */
  count: (found: number, listed: number) => string;
}): ReactNode {
  const session = useSession();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { listed, found } = useMemo(() => search(query), [search, query]);
  const active = Math.min(at, listed.length - 1);

  const close = (): void => {
    closeOverlay(session);
    focusGraph();
  };
  const accept = (item: PickItem | undefined): void => {
    if (item === undefined) return;
    if (item.refusal !== null) {
      session.tell("error", item.refusal);
      return;
    }
    close();
    item.choose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    keepTyping(event);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((active + step + listed.length) % Math.max(1, listed.length));
    else if (event.key === "Enter") accept(listed[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };

  return (
    <div className="picker">
      <input
        className="picker-field"
        // The field is what the user has just asked for.
        ref={(field) => field?.focus({ preventScroll: true })}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls="picker-list"
        aria-activedescendant={listed.length > 0 ? `picker-${active}` : undefined}
        placeholder={placeholder}
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => closeOverlay(session)}
      />
      <div id="picker-list" className="picker-list" role="listbox" aria-label={label}>
        {sectionsOf(listed).map(({ group, first, items }) => {
          const rows = items.map((item, index) => (
            <PickRow
              key={item.key}
              id={`picker-${first + index}`}
              item={item}
              active={first + index === active}
              accept={() => accept(item)}
            />
          ));
          return group === null ? (
            rows
          ) : (
            <div key={group} role="group" aria-label={group}>
              <div className="picker-group" aria-hidden>
                {group}
              </div>
              {rows}
            </div>
          );
        })}
      </div>
      <p className="picker-count" role="status">
        {count(found, listed.length)}
      </p>
    </div>
  );
}

function PickRow({
  id,
  item,
  active,
  accept,
}: {
  id: string;
  item: PickItem;
  active: boolean;
  accept: () => void;
}): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      ref={row}
      id={id}
      role="option"
      // The keyboard stays in the field, which says which option it is at.
      tabIndex={-1}
      className="picker-row"
      aria-selected={active}
      aria-disabled={item.refusal !== null}
      title={item.refusal ?? item.hint}
      data-color={item.color}
      // A press would take the focus from the field and close the list before the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={accept}
    >
      <Codicon name={item.icon} />
      <span className="picker-title">{item.title}</span>
      <span className="picker-detail">{item.refusal ?? item.detail}</span>
    </div>
  );
}

interface Section {
  readonly group: string | null;
  /** The index of its first item in the whole list. */
  readonly first: number;
  readonly items: PickItem[];
}

function sectionsOf(listed: readonly PickItem[]): readonly Section[] {
  const sections: Section[] = [];
  listed.forEach((item, first) => {
    const last = sections.at(-1);
    if (last?.group === item.group) last.items.push(item);
    else sections.push({ group: item.group, first, items: [item] });
  });
  return sections;
}

/** Puts the keyboard back into the graph, so that its keys work and the next choice shows its focus. */
function focusGraph(): void {
  document.querySelector<HTMLElement>('.canvas-graph .stage[tabindex="0"]')?.focus({ preventScroll: true });
}
