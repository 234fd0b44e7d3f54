import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { keepTyping } from "../parts/field-keys.ts";

/** Where the text of a note or the title of a group is written. Leaving it keeps what was written, Escape does not. */
export function NoteField({
  label,
  text,
  lines,
  finish,
}: {
  label: string;
  text: string;
  lines: "one" | "many";
  finish: (written: string | null) => void;
}): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const finished = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);

  const end = (written: string | null): void => {
    if (finished.current) return;
    finished.current = true;
    finish(written);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    keepTyping(event);
    const isEnd = event.key === "Enter" && (lines === "one" || event.ctrlKey || event.metaKey);
    if (!isEnd && event.key !== "Escape") return;
    event.preventDefault();
    const { value } = event.currentTarget;
    event.currentTarget.closest<HTMLElement>("[data-note]")?.focus({ preventScroll: true });
    end(isEnd ? value : null);
  };

  return (
    <textarea
      ref={field}
      className="note-field nodrag nopan nowheel"
      aria-label={label}
      rows={lines === "one" ? 1 : 4}
      defaultValue={text}
      onKeyDown={onKeyDown}
      onBlur={(event) => end(event.currentTarget.value)}
    />
  );
}
