import type { ReactNode } from "react";
import type { MergeProblem } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import type { MergeSession } from "./merge-session.ts";

/** What a check finds wrong with the result as it is now. */
export function MergeProblems({
  problems,
  session,
}: {
  readonly problems: readonly MergeProblem[];
  readonly session: MergeSession;
}): ReactNode {
  const told = problems.filter(({ severity }) => severity === "error" || severity === "warning");
  return (
    <section className="merge-problems" aria-label="Problems of the result">
      <h2 className="details-title">
        {told.length === 0 ? "The result has no problems" : `Problems of the result: ${told.length}`}
      </h2>
      <ul>
        {told.map(({ severity, message, stage }, index) => (
          <li key={`${index} ${message}`}>
            <button
              type="button"
              className="merge-problem"
              disabled={stage === null}
              onClick={() => session.lookAtStage(stage)}
            >
              <Codicon name={severity === "error" ? "error" : "warning"} />
              <span>
                {stage === null ? "" : `${stage}: `}
                {message}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
