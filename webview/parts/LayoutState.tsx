import type { ReactNode } from "react";
import { awaitedPlan, isDrawn } from "../model/canvas-model.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";

/** That the graph is being laid out, where that takes a while; or why it could not be. */
export function LayoutState(): ReactNode {
  const session = useSession();
  const drawn = useModel(isDrawn);
  const awaited = useModel((model) => awaitedPlan(model) !== null);
  const tidying = useModel((model) => model.tidying);
  const failure = useModel((model) => {
    const { layoutFailure, document } = model;
    return layoutFailure?.plan === document?.graph.layout.plan ? (layoutFailure?.message ?? null) : null;
  });
  if (failure !== null) {
    const retry = (
      <button type="button" className="action" onClick={session.retryLayout}>
        Try Again
      </button>
    );
    if (drawn) {
      return (
        <div className="layout-state" role="alert" data-severity="error">
          <Codicon name="error" />
          <span>Stages that are new cannot be shown. {failure}</span>
          {retry}
        </div>
      );
    }
    return (
      <div className="placeholder" role="alert">
        <Codicon name="error" />
        <h1>The pipeline could not be laid out</h1>
        <p>{failure}</p>
        {retry}
        <button type="button" className="action" onClick={session.openAsText}>
          Open as Text
        </button>
      </div>
    );
  }
  if (awaited && !drawn) {
    return (
      <div className="placeholder" role="status">
        <p className="placeholder-late">Laying out the pipeline…</p>
      </div>
    );
  }
  if (!awaited && !tidying) return null;
  return (
    <div className="layout-state placeholder-late" role="status">
      <Codicon name="loading" />
      <span>Laying out…</span>
      {tidying && (
        <button type="button" className="banner-button" onClick={session.tidier.cancel}>
          Cancel
        </button>
      )}
    </div>
  );
}
