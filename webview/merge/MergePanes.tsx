import type { ReactNode } from "react";
import type { MergeSide, ShownMerge } from "#protocol";
import { ComparedCanvas } from "../comparison/ComparedCanvas.tsx";
import { useStoreValue } from "../store/store.ts";
import { sideNames } from "./MergeBar.tsx";
import type { MergeSession } from "./merge-session.ts";
import { stageOnSides } from "./stage-on-sides.ts";

/** The graphs of base, ours, theirs and the result, each with what it changed, in step. */
export function MergePanes({
  session,
  shown,
}: {
  readonly session: MergeSession;
  readonly shown: Extract<ShownMerge, { kind: "merge" }>;
}): ReactNode {
  const graphs = useStoreValue(session.store, (model) => model.graphs);
  const stage = useStoreValue(session.store, (model) => model.stage);
  const panes = useStoreValue(session.store, (model) => model.panes);
  const looked = stage === null ? null : stageOnSides(graphs, stage);
  const rows: readonly (readonly MergeSide[])[] = [["base", "ours", "theirs"], ["result"]];
  return (
    <main className="merge-panes">
      {rows.map((row) => {
        const sides = row.filter((side) => panes.has(side));
        return sides.length === 0 ? null : (
          <div key={row.join()} className="compared-panes">
            {sides.map((side) => {
              const compared = graphs.get(side === "base" ? "result" : side);
              const named = shown[side];
              return (
                <section key={side} className="compared-pane" data-side={side}>
                  <h2 className="compared-name" title={named?.role}>
                    {side === "ours" || side === "theirs"
                      ? `${sideNames[side]}: ${named?.name ?? ""}`
                      : sideNames[side]}
                  </h2>
                  {compared === undefined ? null : (
                    <ComparedCanvas
                      label={`Graph of ${sideNames[side]}`}
                      graphs={compared}
                      side={side === "base" ? "before" : "union"}
                      components={new Map(shown.components.map((face) => [face.type, face]))}
                      view={session.view}
                      selected={looked?.on(side === "base" ? "result" : side) ?? null}
                      onSelect={(key) => {
                        const item = key === null ? undefined : compared.union.items.get(key);
                        session.lookAtStage(item?.kind === "stage" ? item.card.id : null);
                      }}
                    />
                  )}
                </section>
              );
            })}
          </div>
        );
      })}
      {panes.size === 0 ? <p className="comparison-message">No graph is shown.</p> : null}
    </main>
  );
}
