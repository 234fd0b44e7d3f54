import { type ReactNode, useCallback, useMemo } from "react";
import { faceOf } from "../canvas/use-stage-face.ts";
import type { StageItem } from "../graph/outline.ts";
import { bodiesOf, moveInto, moveIntoRefusal } from "../session/body-commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { PickList } from "./PickList.tsx";

/** The list that moving stages into a body chooses an arm from; those they cannot be in say why. */
export function BodyPicker({ keys }: { keys: readonly string[] }): ReactNode {
  const session = useSession();
  const document = useModel((model) => model.document);
  const own = useModel(({ components }) => components);
  const stages = useMemo(
    () =>
      keys.flatMap((key): readonly StageItem[] => {
        const item = document?.graph.items.get(key);
        return item?.kind === "stage" ? [item] : [];
      }),
    [document, keys],
  );
  const search = useCallback(
    (query: string) => {
      const bodies = document === null ? [] : bodiesOf(document.graph, document.drawn);
      const wanted = query.trim().toLowerCase();
      const found = bodies.filter(({ words }) => words.toLowerCase().includes(wanted));
      const listed = found.map((body) => {
        const { icon, color, typeTitle } = faceOf(body.owner.card, own);
        return {
          key: `${body.owner.key}@${body.arm}`,
          icon,
          color,
          title: body.words,
          detail: typeTitle,
          hint: body.owner.card.id,
          refusal: moveIntoRefusal(session, stages, body),
          group: null,
          choose: () => moveInto(session, stages, body),
        };
      });
      return { listed, found: found.length };
    },
    [session, document, own, stages],
  );
  return (
    <PickList label="Body to move into" placeholder="Move into which body?" search={search} count={countOf} />
  );
}

function countOf(found: number): string {
  if (found === 0) return "No body matches: loops, tries, conditionals and routers have some.";
  return found === 1 ? "1 body" : `${found} bodies`;
}
