import type { ReactNode } from "react";
import type { CanvasProblem } from "#protocol";
import { draftKey } from "./draft.ts";
import { useDrafts } from "./drafts-context.tsx";
import { Problems } from "./Problems.tsx";
import type { Field } from "./use-field.ts";

/** What is wrong with what a field holds, in words. */
export function FieldMessages({
  id,
  field,
  problems,
}: {
  id: string;
  field: Field;
  problems: readonly CanvasProblem[];
}): ReactNode {
  return (
    <div id={id} className="field-messages">
      <DraftMessage field={field} />
      <Problems problems={problems} />
    </div>
  );
}

function DraftMessage({ field: { draft } }: { field: Field }): ReactNode {
  const drafts = useDrafts();
  if (draft === undefined) return null;
  const key = draftKey(draft);
  switch (draft.state.kind) {
    case "typed":
    case "sent":
    case "written":
      return null;
    case "waiting":
      return (
        <p className="field-message" data-severity="warning">
          {draft.state.message}
        </p>
      );
    case "stuck":
      return (
        <p className="field-message" data-severity="error" role="alert">
          {draft.state.message}
        </p>
      );
    case "conflict":
      return (
        <div className="field-message" data-severity="warning" role="alert">
          <p>This field was changed in the text meanwhile. What you typed is not written yet.</p>
          <button type="button" className="action" onClick={() => drafts.overwrite(key)}>
            Keep Mine
          </button>
          <button type="button" className="banner-button" onClick={() => drafts.discard(key)}>
            Take the Text’s
          </button>
        </div>
      );
  }
}
