import { type ReactNode, useMemo } from "react";
import { beginAdd } from "../add/add-stage.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { noPipeline } from "../model/no-pipeline.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";
import { NoPipelineHere } from "./NoPipelineHere.tsx";

/** What stands in place of a graph that is not there: yet, at all, or because the extension did not answer. */
export function Placeholder(): ReactNode {
  const session = useSession();
  const connection = useModel((model) => model.connection);
  const empty = useModel(({ document }) => document !== null && document.graph.items.size === 0);
  const broken = useModel(({ document }) => document?.broken != null);
  switch (connection.kind) {
    case "loading":
      return (
        <div className="placeholder" role="status">
          <p className="placeholder-late">Loading the pipeline…</p>
        </div>
      );
    case "failed":
      return (
        <div className="placeholder" role="alert">
          <Codicon name="debug-disconnect" />
          <h1>The pipeline could not be loaded</h1>
          <p>{connection.message}</p>
          <button type="button" className="action" onClick={() => void session.load()}>
            Try Again
          </button>
        </div>
      );
    case "ready":
      if (!empty || broken) return null;
      return <Empty />;
  }
}

/** The same with nothing in it, or with something else. */
function Empty(): ReactNode {
  const session = useSession();
  const shown = useModel(({ document }) => document?.shown ?? null);
  const parent = shown?.pipeline.extends?.value ?? null;
  const waiting = useModel(
    ({ document }) => document?.shown.pipeline.extends != null && document.inherited === null,
  );
  const editable = useModel((model) => editRefusal(model) === null);
  const foreign = useMemo(() => (shown === null ? null : noPipeline(shown)), [shown]);
  const addStage = (): void => beginAdd(session, { kind: "free", at: null });
  if (foreign !== null) return <NoPipelineHere found={foreign} addStage={editable ? addStage : null} />;
  if (waiting) {
    return (
      <div className="placeholder" role="status">
        <p className="placeholder-late">Looking for the stages of “{parent}”…</p>
      </div>
    );
  }
  return (
    <div className="placeholder">
      <Codicon name="type-hierarchy-sub" />
      <h1>{parent === null ? "No stages yet" : "No stages of its own"}</h1>
      {parent === null ? (
        <p>
          A pipeline is a list of stages. Add the first one here, or to <code>stages</code> in the text.
        </p>
      ) : (
        <p>
          This pipeline takes its stages from <code>{parent}</code>, where none are to be found.
        </p>
      )}
      {parent === null ? null : (
        <button type="button" className="action" onClick={session.showResolved}>
          Show Resolved Pipeline
        </button>
      )}
      {editable && (
        <button type="button" className="action" onClick={addStage}>
          Add Stage
        </button>
      )}
      <button type="button" className="banner-button" onClick={session.openAsText}>
        Open as Text
      </button>
    </div>
  );
}
