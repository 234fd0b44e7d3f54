import { type ReactNode, useCallback } from "react";
import { faceOf } from "../canvas/use-stage-face.ts";
import { connectionRefusal } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import { searchStages } from "../graph/search-stages.ts";
import { connect, goToStage } from "../session/commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { PickList } from "./PickList.tsx";

/** More than this nobody reads; a longer query finds the rest. */
const LONGEST_LIST = 60;

/** The list that searching chooses a stage from. */
export function SearchPicker(): ReactNode {
  const session = useSession();
  const choose = useCallback((stage: StageItem) => goToStage(session, stage.key), [session]);
  return (
    <StagePicker
      label="Search stage"
      placeholder="Search stages by name, id or type"
      refusalOf={refuseNone}
      choose={choose}
    />
  );
}

/** The list that connecting chooses a stage from; those that cannot be connected say why. */
export function ConnectPicker({ from }: { from: string }): ReactNode {
  const session = useSession();
  const document = useModel((model) => model.document);
  const source = document?.graph.items.get(from);
  const title = source?.kind === "stage" ? source.card.title : "";
  const refusalOf = useCallback(
    (stage: StageItem) =>
      document === null ? null : connectionRefusal(document.graph, document.drawn, from, stage.key),
    [document, from],
  );
  const choose = useCallback((stage: StageItem) => connect(session, from, stage.key), [session, from]);
  return (
    <StagePicker
      label={`Stage to depend on ${title}`}
      placeholder={`Which stage should run after “${title}”?`}
      refusalOf={refusalOf}
      choose={choose}
    />
  );
}

function refuseNone(): null {
  return null;
}

function StagePicker({
  label,
  placeholder,
  refusalOf,
  choose,
}: {
  label: string;
  placeholder: string;
  refusalOf: (stage: StageItem) => string | null;
  choose: (stage: StageItem) => void;
}): ReactNode {
  const items = useModel(({ document }) => document?.graph.items ?? null);
  const own = useModel(({ components }) => components);
  const search = useCallback(
    (query: string) => {
      const stages = [...(items?.values() ?? [])].filter((item) => item.kind === "stage");
      const found = searchStages(stages, query);
      const listed = found.slice(0, LONGEST_LIST).map((stage) => {
        const { card, key } = stage;
        const { icon, color, typeTitle } = faceOf(card, own);
        return {
          key,
          icon,
          color,
          title: card.title,
          detail: `${typeTitle} · ${card.id}`,
          hint: card.id,
          refusal: refusalOf(stage),
          group: null,
          choose: () => choose(stage),
        };
      });
      return { listed, found: found.length };
    },
    [items, own, refusalOf, choose],
  );
  return <PickList label={label} placeholder={placeholder} search={search} count={countOf} />;
}

function countOf(found: number, listed: number): string {
  if (found === 0) return "No stage matches.";
  if (found > listed) return `The first ${listed} of ${found} stages. Type more to find the others.`;
  return found === 1 ? "1 stage" : `${found} stages`;
}
