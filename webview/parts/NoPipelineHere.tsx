import type { ReactNode } from "react";
import type { NoPipeline } from "../model/no-pipeline.ts";
import { useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";

/** What stands in place of the graph of a file that is something else; `addStage` makes one of it, where that can be. */
export function NoPipelineHere({
  found,
  addStage,
}: {
  found: NoPipeline;
  addStage: (() => void) | null;
}): ReactNode {
  const session = useSession();
  return (
    <div className="placeholder" role="status">
      <Codicon name="question" />
      <h1>This is no FlowMason pipeline</h1>
      <Reason found={found} />
      <button type="button" className="action" onClick={session.openAsText}>
        Open as Text
      </button>
      {found.kind === "other-keys" && addStage !== null && (
        <button type="button" className="banner-button" onClick={addStage}>
          Add a Stage All the Same
        </button>
      )}
    </div>
  );
}

function Reason({ found }: { found: NoPipeline }): ReactNode {
  switch (found.kind) {
    case "no-object":
      return (
        <p>
          A pipeline is an object, such as <code>{'{ "name": "…", "stages": [] }'}</code>. This file holds
          something else: change it in the text.
        </p>
      );
    case "other-keys":
      return (
        <p>
          Other programs have files with this ending too. This one has no <code>stages</code>, but{" "}
          <code>{named(found.keys)}</code>.
        </p>
      );
  }
}

function named(keys: readonly string[]): string {
  const first = keys.slice(0, 3).join(", ");
  return keys.length > 3 ? `${first}, …` : first;
}
