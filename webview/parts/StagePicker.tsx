import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useStageFace } from "../canvas/use-stage-face.ts";
import { connectionRefusal } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import { searchStages } from "../graph/search-stages.ts";
import { closeOverlay, connect, goToStage } from "../session/commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import { Codicon } from "./Codicon.tsx";

/** More than this nobody reads; a longer query finds the rest. */
const LONGEST_LIST = 60;

/** The list that searching and connecting choose a stage from, in the manner of VS Code's quick pick. */
export function StagePicker(): ReactNode {
  const overlay = useModel((model) => model.overlay);
  switch (overlay.kind) {
    case "search":
      return <SearchPicker />;
    case "connect":
      return <ConnectPicker from={overlay.from} />;
    case "none":
    case "rename":
    case "note-text":
    case "new-note":
    case "menu":
      return null;
  }
}

function SearchPicker(): ReactNode {
  const session = useSession();
  return (
    <Picker
      label="Search stage"
      placeholder="Search stages by name, id or type"
      refusalOf={() => null}
      choose={(stage) => goToStage(session, stage.key)}
    />
  );
}

function ConnectPicker({ from }: { from: string }): ReactNode {
  const session = useSession();
  const document = useModel((model) => model.document);
  const source = document?.graph.items.get(from);
  const title = source?.kind === "stage" ? source.card.title : "";
  return (
    <Picker
      label={`Stage to depend on ${title}`}
      placeholder={`Which stage should run after “${title}”?`}
      refusalOf={(stage) =>
        document === null ? null : connectionRefusal(document.graph, document.shown, from, stage.key)
      }
      choose={(stage) => connect(session, from, stage.key)}
    />
  );
}

function Picker({
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
  const session = useSession();
  const items = useModel(({ document }) => document?.graph.items ?? null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => {
    const stages = [...(items?.values() ?? [])].filter((item) => item.kind === "stage");
    return searchStages(stages, query);
  }, [items, query]);
  const listed = found.slice(0, LONGEST_LIST);
  const active = Math.min(at, listed.length - 1);

  const close = (): void => {
    closeOverlay(session);
    focusGraph();
  };
  const accept = (stage: StageItem | undefined): void => {
    if (stage === undefined) return;
    const refusal = refusalOf(stage);
    if (refusal !== null) {
      session.tell("error", refusal);
      return;
    }
    close();
    choose(stage);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((active + step + listed.length) % Math.max(1, listed.length));
    else if (event.key === "Enter") accept(listed[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };

  return (
    <div className="picker">
      <input
        className="picker-field"
        // The field is what the user has just asked for.
        ref={(field) => field?.focus({ preventScroll: true })}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls="picker-list"
        aria-activedescendant={listed.length > 0 ? `picker-${active}` : undefined}
        placeholder={placeholder}
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => closeOverlay(session)}
      />
      <ul id="picker-list" className="picker-list" role="listbox" aria-label={label}>
        {listed.map((stage, index) => (
          <PickerRow
            key={stage.key}
            id={`picker-${index}`}
            stage={stage}
            active={index === active}
            refusal={refusalOf(stage)}
            accept={() => accept(stage)}
          />
        ))}
      </ul>
      <p className="picker-count" role="status">
        {countOf(found.length, listed.length)}
      </p>
    </div>
  );
}

function PickerRow({
  id,
  stage,
  active,
  refusal,
  accept,
}: {
  id: string;
  stage: StageItem;
  active: boolean;
  refusal: string | null;
  accept: () => void;
}): ReactNode {
  const { card } = stage;
  const face = useStageFace(card);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <li
      ref={row}
      id={id}
      role="option"
      className="picker-row"
      aria-selected={active}
      aria-disabled={refusal !== null}
      title={refusal ?? card.id}
      data-color={face.color}
      // A press would take the focus from the field and close the list before the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={accept}
    >
      <Codicon name={face.icon} />
      <span className="picker-title">{card.title}</span>
      <span className="picker-detail">{refusal ?? `${face.typeTitle} · ${card.id}`}</span>
    </li>
  );
}

function countOf(found: number, listed: number): string {
  if (found === 0) return "No stage matches.";
  if (found > listed) return `The first ${listed} of ${found} stages. Type more to find the others.`;
  return found === 1 ? "1 stage" : `${found} stages`;
}

/** Puts the keyboard back into the graph, so that its keys work and the next choice shows its focus. */
function focusGraph(): void {
  document.querySelector<HTMLElement>('.canvas-graph .stage[tabindex="0"]')?.focus({ preventScroll: true });
}
