import type { ReactNode } from "react";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { TimelineHeader } from "./TimelineHeader.tsx";
import { TimelineList } from "./TimelineList.tsx";
import type { TimelineSession } from "./timeline-session.ts";

/** The timeline of the run in front, or what to do to have one. */
export function TimelineApp({ session }: { readonly session: TimelineSession }): ReactNode {
  const loaded = useStoreValue(session.store, (model) => model.loaded);
  const shown = useStoreValue(session.store, (model) => model.shown);
  const refusal = useStoreValue(session.store, (model) => model.refusal);
  if (!loaded) return null;
  if (shown === null)
    return (
      <div className="timeline-empty">
        <p>Debug a pipeline, and what happens in its run is listed here, to go back to and forth.</p>
        <button type="button" className="action" onClick={session.openRecord}>
          Debug Recorded Run…
        </button>
      </div>
    );
  return (
    <>
      <TimelineHeader key={`${shown.session} head`} session={session} shown={shown} />
      <TimelineList key={shown.session} session={session} shown={shown} />
      {refusal === null ? null : (
        <p className="timeline-refusal" role="status">
          <Codicon name="info" />
          {refusal}
        </p>
      )}
    </>
  );
}
