import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import type { Overlay } from "../model/overlay.ts";
import { closeOverlay } from "../session/overlay-commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { type MenuEntry, menuEntries } from "./menu-entries.ts";

type OpenMenu = Extract<Overlay, { kind: "menu" }>;

/** The context menu, where it is open. */
export function ContextMenu(): ReactNode {
  const menu = useModel(({ overlay }) => (overlay.kind === "menu" ? overlay : null));
  return menu === null ? null : <Menu key={`${menu.x} ${menu.y}`} menu={menu} />;
}

function Menu({ menu }: { menu: OpenMenu }): ReactNode {
  const session = useSession();
  const element = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const entries = menuEntries(session, session.store.get(), menu.target);

  useLayoutEffect(() => {
    const list = element.current;
    if (list === null) return;
    opener.current = document.activeElement;
    const { width, height } = list.getBoundingClientRect();
    list.style.left = `${Math.max(4, Math.min(menu.x, window.innerWidth - width - 4))}px`;
    list.style.top = `${Math.max(4, Math.min(menu.y, window.innerHeight - height - 4))}px`;
    list.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [menu]);

  const close = (): void => {
    closeOverlay(session);
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  };
  const choose = ({ act, blocked }: MenuEntry): void => {
    if (blocked !== null) return;
    close();
    act();
  };

  return (
    <div
      ref={element}
      className="menu"
      role="menu"
      aria-label="Actions"
      onKeyDown={(event) => onMenuKey(event, close)}
      onContextMenu={(event) => event.preventDefault()}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) closeOverlay(session);
      }}
    >
      {entries.map((entry) => (
        <button
          key={entry.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={entry.startsGroup ? "menu-item starts-group" : "menu-item"}
          aria-disabled={entry.blocked !== null}
          title={entry.blocked ?? undefined}
          onClick={() => choose(entry)}
        >
          <span className="menu-label">
            {entry.swatch !== undefined && <span className="menu-swatch" data-color={entry.swatch} />}
            {entry.label}
          </span>
          <span className="menu-keys">{entry.keys}</span>
        </button>
      ))}
    </div>
  );
}

function onMenuKey(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  event.stopPropagation();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.findIndex((item) => item === document.activeElement);
  const go = (index: number): void => items[(index + items.length) % items.length]?.focus();
  if (event.key === "ArrowDown") go(at + 1);
  else if (event.key === "ArrowUp") go(at - 1);
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(items.length - 1);
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.preventDefault();
}
