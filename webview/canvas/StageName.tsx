import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { StageItem } from "../graph/outline.ts";
import { nameFits } from "../graph/text-width.ts";
import { keepTyping } from "../parts/field-keys.ts";
import { closeOverlay } from "../session/overlay-commands.ts";
import { beginRename, finishRename, ownId } from "../session/rename-commands.ts";
import { useModel, useSession } from "../session/session-context.tsx";

/** A stage's display name; a double click makes it a text field. */
export function StageName({ item }: { item: StageItem }): ReactNode {
  const session = useSession();
  const renaming = useModel(({ overlay }) =>
    overlay.kind === "rename" && overlay.stage === item.key ? overlay.what : null,
  );
  if (renaming !== null) return <NameField key={renaming} item={item} what={renaming} />;
  return (
    <span
      className="stage-name"
      title={item.card.title}
      data-fits={nameFits(item.card.title)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        beginRename(session, item.key, "name");
      }}
    >
      <Breakable text={item.card.title} />
    </span>
  );
}

/** The text, with places where an id of several words may go on in the next line. */
function Breakable({ text }: { text: string }): ReactNode {
  return text.split(/(?<=[_./-])/).map((part, index) => (
    // The parts of a text have no identity but their place.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

function NameField({ item, what }: { item: StageItem; what: "name" | "id" }): ReactNode {
  const session = useSession();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    keepTyping(event);
    if (event.key === "Enter") finishRename(session, item.key, event.currentTarget.value);
    else if (event.key === "Escape") closeOverlay(session);
    else return;
    event.preventDefault();
    event.currentTarget.closest<HTMLElement>(".stage")?.focus({ preventScroll: true });
  };

  return (
    <input
      ref={field}
      className="stage-name-field nodrag nopan"
      aria-label={`${what === "id" ? "Id" : "Display name"} of ${item.card.id}`}
      defaultValue={what === "id" ? ownId(item.card.id) : item.card.title}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const { overlay } = session.store.get();
        // Escape and Enter have closed it already; leaving the field otherwise keeps what was typed.
        if (overlay.kind === "rename" && overlay.stage === item.key) {
          finishRename(session, item.key, event.currentTarget.value);
        }
      }}
    />
  );
}
