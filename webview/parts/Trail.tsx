import { Fragment, type ReactNode, useEffect } from "react";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";

/** The way to this pipeline from the stages that it was opened from, and back. */
export function Trail(): ReactNode {
  const session = useSession();
  const trail = useModel((model) => model.trail);
  const fileName = useModel((model) => model.fileName);
  const last = trail.length - 1;
  useEffect(() => {
    if (last < 0) return undefined;
    // A canvas that has just been opened has the keyboard nowhere yet.
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !event.altKey || !event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      session.goBack(last);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [session, last]);
  if (last < 0) return null;
  return (
    <nav className="trail" aria-label="Opened from">
      {trail.map(({ uri, name, stage }, index) => {
        const keys = index === last ? " (Alt+Shift+Enter)" : "";
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
