import { Fragment, type ReactNode } from "react";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";

/** The way to this pipeline from the stages that it was opened from, and back. */
export function Trail(): ReactNode {
  const session = useSession();
  const trail = useModel((model) => model.trail);
  const fileName = useModel((model) => model.fileName);
  if (trail.length === 0) return null;
  return (
    <nav className="trail" aria-label="Opened from">
      {trail.map(({ uri, name, stage }, index) => {
        const keys = index === trail.length - 1 ? " (Alt+Shift+Enter)" : "";
        return (
          <Fragment key={uri}>
            <button
              type="button"
              className="link"
              title={`Back to “${stage}” of ${name}${keys}`}
              onClick={() => session.goBack(index)}
            >
              {name}
            </button>
            <Codicon name="chevron-right" />
          </Fragment>
        );
      })}
      <span aria-current="page">{fileName.replace(/(?:\.pipeline)?\.json$/, "")}</span>
    </nav>
  );
}
