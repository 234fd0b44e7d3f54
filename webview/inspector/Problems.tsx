import type { ReactNode } from "react";
import type { CanvasProblem } from "#protocol";
import { Codicon } from "../parts/Codicon.tsx";
import { useSession } from "../session/session-context.tsx";

/** Problems in words; each leads to its line in the text. */
export function Problems({ problems }: { problems: readonly CanvasProblem[] }): ReactNode {
  const session = useSession();
  return problems.map((problem, index) => (
    // Of two that say the same, each has a place of its own in the list.
    <p key={`${index} ${problem.message}`} className="field-problem" data-severity={problem.severity}>
      <Codicon name={iconOf(problem.severity)} />
      <span>
        {problem.message}{" "}
        {problem.code === null ? null : (
          <button
            type="button"
            className="link"
            title={`Go to Line ${problem.line0 + 1}`}
            onClick={() => session.goToPosition(problem.line0, 0)}
          >
            {problem.code}
          </button>
        )}
      </span>
    </p>
  ));
}

function iconOf(severity: CanvasProblem["severity"]): string {
  switch (severity) {
    case "error":
      return "error";
    case "warning":
      return "warning";
    case "information":
    case "hint":
      return "info";
  }
}
