import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useRef, useState } from "react";
import { addStage, spotOfSelection } from "../add/add-stage.ts";
import type { ComponentChoice } from "../add/component-choice.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { useSession } from "../session/session-context.tsx";
import { foldCategory } from "./palette-commands.ts";
import type { PaletteRow, PaletteShape } from "./palette-rows.ts";
import { createTypeAhead } from "./type-ahead.ts";

/** The components as a tree: one tab stop, arrow keys within, letters go to the next name that begins with them. */
export function PaletteTree({
  rows,
  shape,
  blocked,
  grab,
}: {
  rows: readonly PaletteRow[];
  shape: PaletteShape;
  /** Why nothing can be added. */
  blocked: string | null;
  grab: (event: PointerEvent<HTMLElement>, choice: ComponentChoice) => void;
}): ReactNode {
  const session = useSession();
  const tree = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState("");
  const [typeAhead] = useState(createTypeAhead);
  const help = useId();
  const active = rows.some(({ key }) => key === at) ? at : rows[0]?.key;

  const go = (row: PaletteRow | undefined): void => {
    if (row === undefined) return;
    setAt(row.key);
    tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.key)}"]`)?.focus();
  };
  const add = (choice: ComponentChoice): void => addStage(session, spotOfSelection(session), choice);
  const act = (row: PaletteRow): void => {
    switch (row.kind) {
      case "category":
        foldCategory(session, row.key, row.open ? "folded" : "open");
        return;
      case "component":
        add(row.choice);
        return;
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const command = commandOf(event);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  };
  const commandOf = (event: KeyboardEvent<HTMLElement>): (() => void) | null => {
    const index = rows.findIndex(({ key }) => key === active);
    const row = rows[index];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return null;
    switch (event.key) {
      case "ArrowDown":
        return () => go(rows[index + 1]);
      case "ArrowUp":
        return () => go(rows[index - 1]);
      case "Home":
        return () => go(rows[0]);
      case "End":
        return () => go(rows.at(-1));
      case "ArrowRight":
        return () => {
          if (row.kind === "category" && row.open) go(rows[index + 1]);
          else if (row.kind === "category") foldCategory(session, row.key, "open");
        };
      case "ArrowLeft":
        return () => {
          if (row.kind === "component") go(rows.find(({ key }) => key === row.category));
          else if (row.open) foldCategory(session, row.key, "folded");
        };
      case "Enter":
      case " ":
        return () => act(row);
      default: {
        const found = typeAhead(event, rows.map(titleOf), index);
        return found === null ? null : () => go(rows[found]);
      }
    }
  };

  return (
    <>
      <div
        ref={tree}
        className="palette-tree"
        role="tree"
        aria-label="Components"
        aria-describedby={help}
        onKeyDown={onKeyDown}
      >
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            shape={shape}
            active={row.key === active}
            blocked={blocked}
            onFocus={() => setAt(row.key)}
            onClick={() => {
              if (row.kind === "category") act(row);
            }}
            onDoubleClick={() => {
              if (row.kind === "component") act(row);
            }}
            onPointerDown={(event) => {
              if (row.kind === "component" && blocked === null) grab(event, row.choice);
            }}
          />
        ))}
      </div>
      <p id={help} className="for-screen-readers">
        Enter adds a stage after the selected one. Letters go to a name, Left and Right fold a category and
        open it.
      </p>
    </>
  );
}

function Row({
  row,
  shape,
  active,
  blocked,
  ...handlers
}: {
  row: PaletteRow;
  shape: PaletteShape;
  active: boolean;
  blocked: string | null;
  onFocus: () => void;
  onClick: () => void;
  onDoubleClick: () => void;
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
}): ReactNode {
  const common = { role: "treeitem", "data-row": row.key, tabIndex: active ? 0 : -1, ...handlers } as const;
  switch (row.kind) {
    case "category":
      return (
        <div {...common} className="palette-category" aria-level={1} aria-expanded={row.open}>
          <Codicon name={row.open ? "chevron-down" : "chevron-right"} />
          <span className="palette-title">{row.title}</span>
          <span className="palette-count" aria-hidden="true">
            {row.count}
          </span>
        </div>
      );
    case "component": {
      const { title, type, description, icon, color } = row.choice;
      return (
        <div
          {...common}
          className={row.startsCategory ? "palette-row starts-category" : "palette-row"}
          aria-level={row.category === null ? 1 : 2}
          aria-label={shape === "icons" ? `${title}. ${description}` : undefined}
          aria-disabled={blocked !== null}
          title={blocked ?? `${title} (${type})\n${description}`}
          data-component={type}
          data-color={color}
        >
          <span className="stage-icon">
            <Codicon name={icon} />
          </span>
          <span className="palette-names">
            <span className="palette-title">{title}</span>
            <span className="palette-detail">{description}</span>
          </span>
        </div>
      );
    }
  }
}

function titleOf(row: PaletteRow): string {
  return row.kind === "category" ? row.title : row.choice.title;
}
