import { type ReactNode, useId, useState } from "react";
import type { MergeDecision } from "#protocol";
import type { MergeSession } from "./merge-session.ts";

/** A value that neither side has, as JSON. */
export function OwnValue({
  session,
  decision,
}: {
  readonly session: MergeSession;
  readonly decision: MergeDecision;
}): ReactNode {
  const id = useId();
  const [text, setText] = useState(decision.edit ?? "");
  const [fault, setFault] = useState<string | null>(null);
  const isChosen = typeof decision.choice === "object" && decision.choice !== null;
  const take = (): void => {
    try {
      session.choose(decision.id, { value: JSON.parse(text) });
      setFault(null);
    } catch (error) {
      setFault(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <section className="decision-side" data-chosen={isChosen}>
      <h3>
        <label htmlFor={id}>A value of your own, as JSON</label>
      </h3>
      <textarea
        id={id}
        className="own-value"
        rows={Math.min(10, text.split("\n").length + 1)}
        spellCheck={false}
        value={text}
        aria-invalid={fault !== null}
        onChange={(event) => setText(event.target.value)}
      />
      {fault === null ? null : (
        <p className="own-value-fault" role="alert">
          {fault}
        </p>
      )}
      <button type="button" className="action decision-choice" aria-pressed={isChosen} onClick={take}>
        Take This Value
      </button>
    </section>
  );
}
