import { type ReactNode, useMemo } from "react";
import type { ComparedRuns } from "#protocol";
import { useStoreValue } from "../store/store.ts";
import { ComparedCanvas } from "./ComparedCanvas.tsx";
import type { ComparedGraphs, ComparedSide } from "./compare-graphs.ts";
import type { ComparisonModel } from "./comparison-model.ts";
import type { ComparisonSession } from "./comparison-session.ts";
import { deltaNote } from "./figure-words.ts";

/** The graph of both pipelines, or theirs beside each other, in step. */
export function ComparisonPanes({
  session,
  graphs,
}: {
  readonly session: ComparisonSession;
  readonly graphs: ComparedGraphs;
}): ReactNode {
  const shown = useStoreValue(session.store, (model) => model.shown);
  const arrangement = useStoreValue(session.store, (model) => model.arrangement);
  const stage = useStoreValue(session.store, (model) => model.stage);
  const components = useStoreValue(session.store, (model) => model.components);
  const runs = shown?.kind === "compared" ? shown.runs : null;
  const notes = useMemo(() => stageNotes(runs), [runs]);
  if (shown?.kind !== "compared") return null;
  const names = { before: shown.before.name, after: shown.after.name };
  return (
    <main className="compared-panes">
      {sidesOf(arrangement).map((side) => (
        <section key={side} className="compared-pane" data-side={side}>
          {side === "union" ? null : <h2 className="compared-name">{names[side]}</h2>}
          <ComparedCanvas
            label={side === "union" ? "Graph of both pipelines" : `Graph of ${names[side]}`}
            graphs={graphs}
            side={side}
            components={components}
            notes={notes}
            view={session.view}
            selected={graphs.union.keyOf.get(stage ?? "") ?? null}
            onSelect={session.lookAtStage}
          />
        </section>
      ))}
    </main>
  );
}

function sidesOf(arrangement: ComparisonModel["arrangement"]): readonly ComparedSide[] {
  switch (arrangement) {
    case "union":
      return ["union"];
    case "sides":
      return ["before", "after"];
  }
}

/** What the second of two runs took more or less, by stage. */
function stageNotes(runs: ComparedRuns | null): ReadonlyMap<string, string> {
  const rounds = Map.groupBy(runs?.stages ?? [], ({ stage }) => stage);
  return new Map(Array.from(rounds, ([stage, all]) => [stage, deltaNote(all)]));
}
