import type { KeyboardEvent, ReactNode } from "react";
import { addStage, spotOfSelection } from "../add/add-stage.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { updatePalette } from "./palette-commands.ts";
import type { PaletteRow } from "./palette-rows.ts";

/** What is searched for. Enter adds the first that is found, the arrow down goes to the list, Escape empties it first. */
export function PaletteSearch({ rows }: { rows: readonly PaletteRow[] }): ReactNode {
  const session = useSession();
  const query = useModel((model) => model.palette.query);
  const searching = query.trim() !== "";
  const search = (text: string): void => updatePalette(session, { query: text });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const first = rows.find((row) => row.kind === "component");
    if (event.key === "Enter" && searching && first !== undefined) {
      addStage(session, spotOfSelection(session), first.choice);
    } else if (event.key === "ArrowDown") {
      const list = event.currentTarget.closest(".palette");
      list?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
    } else if (event.key === "Escape" && query !== "") search("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="palette-search">
      <input
        className="palette-field"
        type="text"
        aria-label="Search components"
        placeholder="Search components"
        spellCheck={false}
        value={query}
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p className={rows.length === 0 ? "palette-note" : "for-screen-readers"} role="status">
        {searching ? foundText(rows.length) : ""}
      </p>
    </div>
  );
}

function foundText(count: number): string {
  if (count === 0) return "No component matches.";
  return count === 1 ? "1 component" : `${count} components`;
}
