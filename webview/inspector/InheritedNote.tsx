import type { ReactNode } from "react";
import { markWords } from "../graph/inherited-mark.ts";
import type { StageItem } from "../graph/outline.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { isChanged, openOrigin, revertStages } from "../session/inherited-commands.ts";
import { useSession } from "../session/session-context.tsx";

/** Where a stage of a parent is from, and the way there and back. */
export function InheritedNote({ item, editable }: { item: StageItem; editable: boolean }): ReactNode {
  const session = useSession();
  const { inherited } = item;
  if (inherited === null) return null;
  const words = markWords(inherited);
  return (
    <div className="inherited-note">
      <p>
        <Codicon name="type-hierarchy-super" />
        <span>
          {words.charAt(0).toUpperCase() + words.slice(1)}.
          {inherited.standing === "inherited" ? " What you change is written here, as an override." : ""}
        </span>
      </p>
      <div className="inherited-actions">
        <button type="button" className="link" onClick={() => openOrigin(session, item)}>
          Open Origin
        </button>
        {isChanged(inherited) && editable ? (
          <button type="button" className="link" onClick={() => revertStages(session, [item])}>
            Revert to Parent
          </button>
        ) : null}
      </div>
    </div>
  );
}
