import type { ReactNode } from "react";
import { parentProblem } from "../model/parent-problem.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";
import { PastWords } from "./PastWords.tsx";
import { RunOriginBanner } from "./RunOriginBanner.tsx";

/** Why the canvas cannot be edited now: broken text first, since mending it is up to the user. */
export function Banners(): ReactNode {
  const session = useSession();
  const broken = useModel(({ document }) => document?.broken ?? null);
  const readOnly = useModel((model) => model.readOnly);
  if (broken !== null) {
    const { line0, character } = broken;
    return (
      <div className="banner" data-severity="error" role="alert">
        <Codicon name="error" />
        <span className="banner-text">
          <strong>Line {line0 + 1}:</strong> {broken.message} The canvas shows what could last be read and
          follows as soon as the text is mended.
        </span>
        <button type="button" className="action" onClick={() => session.goToPosition(line0, character)}>
          Go to Line {line0 + 1}
        </button>
        <button type="button" className="banner-button" onClick={session.openAsText}>
          Open as Text
        </button>
      </div>
    );
  }
  return (
    <>
      <RunOriginBanner />
      <PastBanner />
      <ParentBanner />
      {readOnly === null ? null : <ReadOnlyBanner reason={readOnly} />}
    </>
  );
}

/** Why the stages of the parent are not there: the file's own are shown all the same. */
function ParentBanner(): ReactNode {
  const session = useSession();
  const problem = useModel(parentProblem);
  if (problem === null) return null;
  return (
    <div className="banner" data-severity="warning" role="alert">
      <Codicon name="warning" />
      <span className="banner-text">
        <strong>The stages of “{problem.parent}” are not shown.</strong> {problem.message}
      </span>
      <button
        type="button"
        className="action"
        onClick={() => session.goToPosition(problem.line0, problem.character)}
      >
        Go to “extends”
      </button>
    </div>
  );
}

/** Of an exact replay, which is the past as a whole, the banner that names it says where in it one is. */
function PastBanner(): ReactNode {
  const past = useModel(({ run }) => (run.origin?.kind === "exact-replay" ? null : run.past));
  if (past === null) return null;
  return (
    <div className="banner" data-severity="past" role="status">
      <Codicon name="history" />
      <span className="banner-text">
        <PastWords past={past} />
      </span>
    </div>
  );
}

function ReadOnlyBanner({ reason }: { reason: string }): ReactNode {
  return (
    <div className="banner" data-severity="information" role="status">
      <Codicon name="lock" />
      <span className="banner-text">{reason}</span>
    </div>
  );
}
