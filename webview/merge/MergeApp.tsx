import { type KeyboardEvent, type ReactNode, useEffect } from "react";
import type { MergeChoice } from "#protocol";
import { ArrowMarker } from "../canvas/WireParts.tsx";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { DecisionDetails } from "./DecisionDetails.tsx";
import { DecisionList } from "./DecisionList.tsx";
import { MergeBar } from "./MergeBar.tsx";
import { MergePanes } from "./MergePanes.tsx";
import { MergeProblems } from "./MergeProblems.tsx";
import { decisionsOf } from "./merge-model.ts";
import type { MergeSession } from "./merge-session.ts";

/** A merge: the graphs of its sides and of the result, and the decisions with what each side has. */
export function MergeApp({ session }: { readonly session: MergeSession }): ReactNode {
  const shown = useStoreValue(session.store, (model) => model.shown);
  const isThere = shown !== null;
  useEffect(() => {
    if (isThere) document.querySelector<HTMLElement>(".decision-list")?.focus();
  }, [isThere]);
  if (shown === null)
    return (
      <p className="comparison-message" role="status">
        <Codicon name="loading" /> Merging…
      </p>
    );
  if (shown.kind === "refused") return <MergeRefusal message={shown.message} />;
  if (!shown.answer.ok) {
    const { side, message } = shown.answer;
    const { name } = shown[side];
    return (
      <div className="unreadable">
        <MergeRefusal
          message={`${name} (${side}) is no pipeline, so that it cannot be merged as one. ${message} Merge the file as text: take one side with Git (git checkout --ours or --theirs), or edit it and add it.`}
        />
        <button type="button" className="action" onClick={() => session.openText(side)}>
          Show the Text of {name}
        </button>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys for what has buttons in it.
    <div className="comparison" onKeyDown={(event) => onKeyDown(event, session)}>
      <ArrowMarker />
      <MergeBar session={session} shown={shown} />
      <div className="comparison-body">
        <MergePanes session={session} shown={shown} />
        <aside className="changes" aria-label="Decisions">
          <DecisionList session={session} />
          <DecisionDetails session={session} shown={shown} />
          <MergeProblems problems={shown.answer.problems} session={session} />
        </aside>
      </div>
    </div>
  );
}

function MergeRefusal({ message }: { readonly message: string }): ReactNode {
  return (
    <p className="comparison-message" role="alert">
      <Codicon name="error" /> {message}
    </p>
  );
}

const choiceKeys: ReadonlyMap<string, Extract<MergeChoice, string>> = new Map([
  ["1", "ours"],
  ["2", "theirs"],
  ["3", "base"],
  ["4", "both"],
]);

function onKeyDown(event: KeyboardEvent, session: MergeSession): void {
  if (event.target instanceof HTMLTextAreaElement) return;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (key === "z" || key === "y")) {
    event.preventDefault();
    if (key === "y" || event.shiftKey) session.redo();
    else session.undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "F7") {
    // By way of VS Code's command it would come after the next key, which would then decide what was looked at before.
    event.preventDefault();
    event.stopPropagation();
    session.step(event.shiftKey ? "previous" : "next");
    return;
  }
  const { shown, decision } = session.store.get();
  const current = decisionsOf(shown).find(({ id }) => id === decision);
  const choice = choiceKeys.get(event.key);
  if (choice !== undefined && current?.resolutions.includes(choice) === true) {
    event.preventDefault();
    session.choose(current.id, current.choice === choice ? null : choice);
  }
}
