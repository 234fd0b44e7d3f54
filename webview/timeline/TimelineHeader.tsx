import { type ReactNode, useState } from "react";
import type { FamilyRow, ShownTimeline } from "#protocol";
import { originWords } from "../model/run-origin.ts";
import { Codicon } from "../parts/Codicon.tsx";
import type { TimelineSession } from "./timeline-session.ts";

/** What is looked at, and the tree of forks that it is in, of which each run is a way to go. */
export function TimelineHeader({
  session,
  shown,
}: {
  readonly session: TimelineSession;
  readonly shown: NonNullable<ShownTimeline>;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { origin, family, state } = shown;
  const own = state.run?.id ?? null;
  const words = origin === null ? null : originWords(origin);
  if (words === null && family.length < 2) return null;
  return (
    <header className="timeline-head">
      <div className="timeline-origin">
        {words === null ? (
          <span className="origin-text">
            <strong>Live run</strong>
          </span>
        ) : (
          <>
            <Codicon name={words.icon} />
            <span className="origin-text" title={`${words.name} ${words.meaning}`}>
              <strong>{words.name}</strong> {words.meaning}
            </span>
          </>
        )}
        {family.length < 2 ? null : (
          <button
            type="button"
            className="family-toggle"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <Codicon name={isOpen ? "chevron-down" : "chevron-right"} />
            {`${family.length} runs`}
          </button>
        )}
      </div>
      {isOpen && family.length > 1 ? (
        <ul className="family" aria-label="Tree of forks">
          {family.map((row) => (
            <FamilyLine key={row.runId} row={row} own={own} onChoose={session.switchTo} />
          ))}
        </ul>
      ) : null}
    </header>
  );
}

function FamilyLine({
  row: { runId, run, depth },
  own,
  onChoose,
}: {
  readonly row: FamilyRow;
  readonly own: string | null;
  readonly onChoose: (runId: string) => void;
}): ReactNode {
  const isOwn = runId === own;
  return (
    <li>
      <button
        type="button"
        className="family-run"
        // What is drawn further in for each fork of a fork would leave a narrow view.
        style={{ paddingInlineStart: 8 + Math.min(depth, 8) * 12 }}
        disabled={run === null}
        aria-current={isOwn}
        onClick={() => onChoose(runId)}
      >
        <Codicon name={isOwn ? "target" : depth === 0 ? "circle-large" : "repo-forked"} />
        <span className="family-id">{runId}</span>
        <span className="family-words">{familyWords(run)}</span>
        <span className="for-screen-readers">{`, ${depthWords(depth)}${isOwn ? ", shown" : ""}`}</span>
      </button>
    </li>
  );
}

function familyWords(run: FamilyRow["run"]): string {
  if (run === null) return "its record is gone";
  const { status, fork } = run;
  return fork === null ? status : `${status}, after event ${fork.seq}: ${fork.changes.join(", ")}`;
}

function depthWords(depth: number): string {
  if (depth === 0) return "the run that the tree begins with";
  return depth === 1 ? "a fork of it" : `a fork of a fork, ${depth} deep`;
}
