import { type ReactNode, useCallback, useMemo } from "react";
import { faceOf } from "../canvas/use-stage-face.ts";
import { connectionRefusal } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import { searchStages } from "../graph/search-stages.ts";
import { connect } from "../session/connect-commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { goToStage } from "../session/stage-commands.ts";
import { reconnectRefusal, takeEnd, titleOf } from "../session/wire-commands.ts";
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
  const problems = useModel((model) => model.problemList);
  const ground = useMemo(() => (document === null ? null : { ...document, problems }), [document, problems]);
  const source = document?.graph.items.get(from);
  const title = source?.kind === "stage" ? source.card.title : "";
  const refusalOf = useCallback(
    (stage: StageItem) => (ground === null ? null : connectionRefusal(ground, from, stage.key)),
    [ground, from],
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

/** The list that the end of a connection gets another stage from; those it cannot be taken to say why. */
export function ReconnectPicker({ wire: id, end }: { wire: string; end: "from" | "to" }): ReactNode {
  const session = useSession();
  const graph = useModel(({ document }) => document?.graph);
  const wire = graph?.wires.get(id);
  const refusalOf = useCallback(
    (stage: StageItem) => (wire === undefined ? null : reconnectRefusal(session, wire, end, stage.key)),
    [session, wire, end],
  );
  const choose = useCallback(
    (stage: StageItem) => {
      if (wire !== undefined) takeEnd(session, wire, end, stage.key);
    },
    [session, wire, end],
  );
  if (graph === undefined || wire === undefined) return null;
  const from = titleOf(graph, wire.from);
  const to = titleOf(graph, wire.to);
  return (
    <StagePicker
      label={
        end === "to"
          ? `Stage to depend on ${from} in place of ${to}`
          : `Stage for ${to} to depend on in place of ${from}`
      }
      placeholder={
        end === "to" ? `Which stage should run after “${from}”?` : `After which stage should “${to}” run?`
      }
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
