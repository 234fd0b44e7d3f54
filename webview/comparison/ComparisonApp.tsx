import type { ReactNode } from "react";
import { ArrowMarker } from "../canvas/WireParts.tsx";
import { Codicon } from "../parts/Codicon.tsx";
import { useStoreValue } from "../store/store.ts";
import { ChangeDetails } from "./ChangeDetails.tsx";
import { ChangeList } from "./ChangeList.tsx";
import { ComparisonBar } from "./ComparisonBar.tsx";
import { ComparisonPanes } from "./ComparisonPanes.tsx";
import type { ComparisonSession } from "./comparison-session.ts";
import { NoChanges } from "./NoChanges.tsx";
import { RunFigures } from "./RunFigures.tsx";
import { UnreadableText } from "./UnreadableText.tsx";

/** Two pipelines: the graph of both, and a list of what is different, in step; or why there is none. */
export function ComparisonApp({ session }: { readonly session: ComparisonSession }): ReactNode {
  const shown = useStoreValue(session.store, (model) => model.shown);
  const graphs = useStoreValue(session.store, (model) => model.graphs);
  if (shown === null)
    return (
      <p className="comparison-message" role="status">
        <Codicon name="loading" /> Comparing…
      </p>
    );
  if (shown.kind === "refused")
    return (
      <p className="comparison-message" role="alert">
        <Codicon name="error" /> {shown.message}
      </p>
    );
  if (!shown.answer.ok || graphs === null) return <UnreadableText shown={shown} onOpen={session.openText} />;
  return (
    <div className="comparison">
      <ArrowMarker />
      <ComparisonBar session={session} />
      <div className="comparison-body">
        <div className="comparison-main">
          <ComparisonPanes session={session} graphs={graphs} />
          {shown.runs === null ? null : <RunFigures runs={shown.runs} session={session} />}
        </div>
        <aside className="changes" aria-label="Changes">
          <NoChanges shown={shown} />
          <ChangeList session={session} />
          <ChangeDetails session={session} />
        </aside>
      </div>
    </div>
  );
}
