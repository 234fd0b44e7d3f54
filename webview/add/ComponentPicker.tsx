import { type ReactNode, useCallback, useMemo } from "react";
import { type AddSpot, placeOfSpot } from "../model/add-spot.ts";
import { PickList } from "../parts/PickList.tsx";
import { useModel, useSession } from "../session/session-context.tsx";
import { addStage } from "./add-stage.ts";
import { componentChoices, searchComponents } from "./component-choice.ts";

/** The list that adding a stage chooses its component from. */
export function ComponentPicker({ spot }: { spot: AddSpot }): ReactNode {
  const session = useSession();
  const own = useModel(({ components }) => components);
  const words = useModel(({ document }) =>
    document === null ? null : (placeOfSpot(document.graph, spot)?.words ?? null),
  );
  const choices = useMemo(() => componentChoices(own.values()), [own]);
  const search = useCallback(
    (query: string) => {
      const found = searchComponents(choices, query);
      const listed = found.map((choice) => {
        const { type, icon, color, title, description, group } = choice;
        return {
          key: type,
          icon,
          color,
          title,
          detail: description,
          hint: `${type}\n${description}`,
          refusal: null,
          // What is found stands in order of how well it fits.
          group: query.trim() === "" ? group : null,
          choose: () => addStage(session, spot, choice),
        };
      });
      return { listed, found: found.length };
    },
    [choices, session, spot],
  );
  return (
    <PickList
      label={`Component of ${words ?? "a stage"}`}
      placeholder={`Add ${words ?? "a stage"}: search components`}
      search={search}
      count={countOf}
    />
  );
}

function countOf(found: number): string {
  if (found === 0) return "No component matches.";
  return found === 1 ? "1 component" : `${found} components`;
}
