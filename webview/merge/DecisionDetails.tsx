import type { ReactNode } from "react";
import type { MergeDecision, ShownMerge } from "#protocol";
import { Pieces } from "../comparison/Pieces.tsx";
import { useStoreValue } from "../store/store.ts";
import { decisionsOf } from "./merge-model.ts";
import type { MergeSession } from "./merge-session.ts";
import { OwnValue } from "./OwnValue.tsx";

type Resolution = MergeDecision["resolutions"][number];

/** The decision that is looked at: what each side has there, and the buttons that decide. */
export function DecisionDetails({
  session,
  shown,
}: {
  readonly session: MergeSession;
  readonly shown: Extract<ShownMerge, { kind: "merge" }>;
}): ReactNode {
  const current = useStoreValue(session.store, (model) => model.decision);
  const decision = decisionsOf(shown).find(({ id }) => id === current);
  if (decision === undefined) return null;
  const { stage, path, message, resolutions, choice } = decision;
  // What only both together made is on no side.
  const sides = resolutions.every((each) => each === "both") ? [] : (["ours", "theirs", "base"] as const);
  return (
    <section className="details" aria-label="Decision">
      <h2 className="details-title">
        {stage ?? "Pipeline"}
        {path === "" ? "" : ` · ${path}`}
      </h2>
      <p className="decision-why">{message}</p>
      {sides.map((side) => (
        <section key={side} className="decision-side" data-chosen={choice === side}>
          <h3>
            {labels[side]} <small>{side === "base" ? "" : `${shown[side].name}, ${shown[side].role}`}</small>
          </h3>
          <Value value={decision[side]} />
          {resolutions.includes(side) ? (
            <ChoiceButton session={session} decision={decision} resolution={side} />
          ) : null}
        </section>
      ))}
      {resolutions.includes("both") ? (
        <section className="decision-side" data-chosen={choice === "both"}>
          <ChoiceButton session={session} decision={decision} resolution="both" />
        </section>
      ) : null}
      {decision.edit === null ? null : <OwnValue key={decision.id} session={session} decision={decision} />}
    </section>
  );
}

function Value({ value }: { readonly value: MergeDecision["ours"] }): ReactNode {
  if (value.text === null) return <p className="details-none">Nothing.</p>;
  if (value.pieces.length > 0) return <Pieces pieces={value.pieces} />;
  return <p className="pieces">{value.text}</p>;
}

function ChoiceButton({
  session,
  decision,
  resolution,
}: {
  readonly session: MergeSession;
  readonly decision: MergeDecision;
  readonly resolution: Resolution;
}): ReactNode {
  const isChosen = decision.choice === resolution;
  return (
    <button
      type="button"
      className="action decision-choice"
      aria-pressed={isChosen}
      title={isChosen ? "Leave it open again" : undefined}
      onClick={() => session.choose(decision.id, isChosen ? null : resolution)}
    >
      Take {labels[resolution]} <kbd>{keys[resolution]}</kbd>
    </button>
  );
}

const labels: Readonly<Record<Resolution, string>> = {
  ours: "Ours",
  theirs: "Theirs",
  base: "Base",
  both: "Both",
};

const keys: Readonly<Record<Resolution, string>> = { ours: "1", theirs: "2", base: "3", both: "4" };
