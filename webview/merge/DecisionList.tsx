import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { MergeDecision } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { decisionsOf } from "./merge-model.ts";
import type { MergeSession } from "./merge-session.ts";

/** All decisions, those that are open first; arrow keys go from one to the next. */
export function DecisionList({ session }: { readonly session: MergeSession }): ReactNode {
  const shown = useStoreValue(session.store, (model) => model.shown);
  const current = useStoreValue(session.store, (model) => model.decision);
  const list = useRef<HTMLDivElement>(null);
  const decisions = decisionsOf(shown);
  const at = decisions.findIndex(({ id }) => id === current);
  useEffect(() => {
    list.current?.querySelector(`#decision-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  if (decisions.length === 0)
    return (
      <p className="comparison-note">
        <Codicon name="pass" /> Nothing needs a decision: what both sides changed goes together. Look at the
        result, then complete the merge.
      </p>
    );
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = step === 0 ? undefined : decisions[at + step];
    if (next === undefined) return;
    event.preventDefault();
    session.look(next);
  };
  return (
    <div
      ref={list}
      className="change-list decision-list"
      role="listbox"
      aria-label="Decisions"
      tabIndex={0}
      aria-activedescendant={at < 0 ? undefined : `decision-${at}`}
      onKeyDown={onKeyDown}
    >
      {decisions.map((decision, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keyboard.
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which row is meant.
        <div
          key={decision.id}
          id={`decision-${index}`}
          className="change decision"
          role="option"
          aria-selected={index === at}
          data-state={decision.state}
          onClick={() => session.look(decision)}
        >
          <Codicon name={icons[decision.state]} />
          <span className="change-label">
            <span className="for-screen-readers">{words[decision.state]}: </span>
            {decision.message}
          </span>
        </div>
      ))}
    </div>
  );
}

const icons: Readonly<Record<MergeDecision["state"], string>> = {
  open: "circle-large-outline",
  chosen: "pass-filled",
  automatic: "sparkle",
};

const words: Readonly<Record<MergeDecision["state"], string>> = {
  open: "Open",
  chosen: "Decided",
  automatic: "By itself",
};
