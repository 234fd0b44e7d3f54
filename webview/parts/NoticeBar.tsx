import { type ReactNode, useEffect } from "react";
import type { Notice } from "../model/canvas-model.ts";
import { runSummary } from "../model/run-view.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";

const SHOWN_MS = 12_000;

/** What the user should know of the last gesture, and, to be heard only, of the run. */
export function NoticeBar(): ReactNode {
  const notice = useModel((model) => model.notice);
  const run = useModel((model) => model.run);
  const announcement = useModel((model) => model.announcement);
  return (
    <>
      <div className="for-screen-readers" role="status">
        {runSummary(run)}
      </div>
      <div className="for-screen-readers" role="status">
        {announcement !== null && <p key={announcement.id}>{announcement.text}</p>}
      </div>
      <div className="notices" role="alert">
        {notice !== null && <NoticeCard key={notice.id} notice={notice} />}
      </div>
    </>
  );
}

function NoticeCard({ notice }: { notice: Notice }): ReactNode {
  const { store } = useSession();
  const { id, severity, text } = notice;
  useEffect(() => {
    const dismiss = (): void =>
      store.update((model) => (model.notice?.id === id ? { ...model, notice: null } : model));
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [store, id]);
  return (
    <div className="notice" data-severity={severity}>
      <Codicon name={severity === "error" ? "error" : "info"} />
      <span className="notice-text">{text}</span>
      <button
        type="button"
        className="tool"
        aria-label="Dismiss"
        title="Dismiss"
        onClick={() => store.update((model) => ({ ...model, notice: null }))}
      >
        <Codicon name="close" />
      </button>
    </div>
  );
}
