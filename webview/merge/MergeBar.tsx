import type { ReactNode } from "react";
import type { MergeSide, ShownMerge } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { countsOf } from "./merge-model.ts";
import type { MergeSession } from "./merge-session.ts";

/** What is merged, how much is left to decide, the way through it, and the end of it. */
export function MergeBar({
  session,
  shown,
}: {
  readonly session: MergeSession;
  readonly shown: Extract<ShownMerge, { kind: "merge" }>;
}): ReactNode {
  const panes = useStoreValue(session.store, (model) => model.panes);
  const { open, all } = countsOf(shown);
  return (
    <header className="comparison-bar">
      <h1 className="comparison-title">
        <span title={shown.fileName}>
          {shown.operation}: {shown.fileName}
        </span>
      </h1>
      <fieldset className="filters">
        <legend className="for-screen-readers">Graphs that are shown</legend>
        {(["base", "ours", "theirs", "result"] as const).map((side) => (
          <button
            key={side}
            type="button"
            className="filter"
            aria-pressed={panes.has(side)}
            onClick={() => session.toggle(side)}
          >
            {sideNames[side]}
          </button>
        ))}
      </fieldset>
      <span className="change-counter" role="status">
        {counterWords(open, all)}
      </span>
      <span className="comparison-tools">
        <MergeTool
          icon="arrow-up"
          label="Previous Open Decision (Shift+F7)"
          act={() => session.step("previous")}
        />
        <MergeTool icon="arrow-down" label="Next Open Decision (F7)" act={() => session.step("next")} />
        <MergeTool icon="discard" label="Undo (Ctrl+Z)" isOff={!shown.canUndo} act={session.undo} />
        <MergeTool icon="redo" label="Redo (Ctrl+Shift+Z)" isOff={!shown.canRedo} act={session.redo} />
        <MergeTool
          icon="screen-full"
          label="Show Whole Graphs"
          act={() => session.view.order({ kind: "fit" })}
        />
        <MergeTool icon="json" label="Show the Result as Text" act={() => session.openText("result")} />
      </span>
      <button type="button" className="action merge-complete" onClick={session.complete}>
        Complete Merge
      </button>
    </header>
  );
}

export const sideNames: Readonly<Record<MergeSide, string>> = {
  base: "Base",
  ours: "Ours",
  theirs: "Theirs",
  result: "Result",
};

function counterWords(open: number, all: number): string {
  if (all === 0) return "Nothing to decide";
  if (open > 0) return `${open} of ${all} left`;
  return all === 1 ? "Decided" : `All ${all} decided`;
}

function MergeTool({
  icon,
  label,
  act,
  isOff,
}: {
  readonly icon: string;
  readonly label: string;
  readonly act: () => void;
  readonly isOff?: boolean;
}): ReactNode {
  return (
    <button type="button" className="tool" title={label} aria-label={label} disabled={isOff} onClick={act}>
      <Codicon name={icon} />
    </button>
  );
}
