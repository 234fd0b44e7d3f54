import { useState } from "react";
import { useSession } from "../session/session-context.tsx";
import { type Draft, draftKey } from "./draft.ts";
import { useDraft, useDrafts } from "./drafts-context.tsx";
import type { Editor } from "./form/editor.ts";
import type { FormRow } from "./form/form.ts";
import { textOf } from "./form/typed-value.ts";
import { jsonOf } from "./value-at.ts";

/** A field as it stands: what it shows, and what can be done with it. */
export interface Field {
  readonly editor: Editor;
  readonly text: string;
  readonly draft: Draft | undefined;
  /** The editor that {@link Field.changeEditor} changes to; null where there is one only. */
  readonly next: Editor | null;
  type(text: string): void;
  /** Typing is over: the text is written. */
  leave(): void;
  /** Takes the text and writes it at once. */
  choose(text: string): void;
  changeEditor(): void;
  /** Takes the value out of the file. */
  reset(): void;
}

/** The field of a row. */
export function useField(stage: string | null, row: FormRow): Field {
  const session = useSession();
  const drafts = useDrafts();
  const key = draftKey({ stage, path: row.path });
  const draft = useDraft({ stage, path: row.path });
  // The person's own choice holds for as long as the value is one that this editor is for.
  const [asked, setAsked] = useState<{ readonly chosen: number; readonly at: number } | null>(null);
  const at = asked?.chosen === row.chosen ? asked.at : row.chosen;
  const editor = draft?.editor ?? editorAt(row, at);
  const others = row.editors.filter((each) => each.kind !== editor.kind);
  const next = others.length === 0 ? null : editorAt(row, (indexOf(row, editor) + 1) % row.editors.length);
  const type = (text: string): void =>
    drafts.type({ stage, path: row.path, editor, text, required: row.required }, jsonOf(row.written));
  return {
    editor,
    text: draft?.text ?? textOf(editor, row.written),
    draft,
    next,
    type,
    leave: () => drafts.leave(key),
    choose(text) {
      type(text);
      drafts.leave(key);
    },
    changeEditor() {
      drafts.leave(key);
      if (next !== null) setAsked({ chosen: row.chosen, at: indexOf(row, next) });
    },
    reset() {
      drafts.discard(key);
      session.edit({ kind: "unset-value", stage, path: row.path });
    },
  };
}

function editorAt({ editors }: FormRow, index: number): Editor {
  return editors[index] ?? { kind: "json" };
}

function indexOf({ editors }: FormRow, { kind }: Editor): number {
  return editors.findIndex((each) => each.kind === kind);
}
