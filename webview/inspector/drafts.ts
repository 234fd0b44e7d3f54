import { type CanvasEdit, type PipelineDocument, stageById } from "#core/pipeline";
import { editRefusal } from "../model/canvas-model.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import type { EditAnswer } from "../session/edit-queue.ts";
import { renameStageId } from "../session/rename-commands.ts";
import { createStore, type Store } from "../store/store.ts";
import { type Draft, draftKey } from "./draft.ts";
import { typedValue } from "./form/typed-value.ts";
import { jsonOf, jsonShown } from "./value-at.ts";

/** Typing that stops for as long is written, in milliseconds. */
const PAUSE = 700;

/**
 * What is typed into the inspector and not in the text yet. It is written when typing pauses, a field is left, the
 * selection changes or the page goes, each time as one edit. What cannot be written stays, with the reason.
 */
export interface Drafts {
  readonly store: Store<ReadonlyMap<string, Draft>>;
  /** Takes what a field holds now, over the value whose JSON is `there`. */
  type(draft: Omit<Draft, "state" | "base">, there: string): void;
  /** The field has lost the keyboard, or its person has said that it is done. */
  leave(key: string): void;
  /** Writes all that can be. */
  flush(): void;
  /** Writes a draft over what someone else has written meanwhile. */
  overwrite(key: string): void;
  /** Gives up what was typed. */
  discard(key: string): void;
  /** What would be lost with the page. */
  unwritten(): readonly Draft[];
  dispose(): void;
}

/** Keeps drafts for a canvas; `kept` are those of the page before. */
export function createDrafts(session: CanvasSession, kept: readonly Draft[]): Drafts {
  const store = createStore<ReadonlyMap<string, Draft>>(
    // What the page before had sent and had no answer to may not have arrived.
    new Map(kept.map((draft) => [draftKey(draft), { ...draft, state: { kind: "typed" } }])),
  );
  /** Fields that were left before the answer came. */
  const left = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const put = (draft: Draft): void => store.update((drafts) => new Map(drafts).set(draftKey(draft), draft));
  const drop = (key: string): void =>
    store.update((drafts) => {
      const rest = new Map(drafts);
      return rest.delete(key) ? rest : drafts;
    });

  function write(key: string): void {
    const draft = store.get().get(key);
    const model = session.store.get();
    if (draft === undefined || model.document === null) return;
    if (draft.state.kind === "written" || draft.state.kind === "sent") return;
    const { drawn } = model.document;
    // Its stage may come back: someone may undo that it went.
    if (draft.stage !== null && stageById(drawn, draft.stage) === undefined) return;
    const refusal = editRefusal(model);
    if (refusal !== null) {
      put({ ...draft, state: { kind: "waiting", message: `Not written yet. ${refusal}` } });
      return;
    }
    const typed = editOf(draft);
    if (typed.kind === "unusable") {
      put({ ...draft, state: { kind: "stuck", message: typed.message } });
      return;
    }
    const there = isIdentity(draft) ? draft.base : jsonShown(model.document, draft.stage, draft.path);
    if (there !== draft.base && there !== typed.json) {
      put({ ...draft, state: { kind: "conflict" } });
      return;
    }
    if (there === typed.json) {
      put({ ...draft, base: there, state: { kind: "written" } });
      return;
    }
    put({ ...draft, state: { kind: "sent", json: typed.json } });
    const answer = (given: EditAnswer): void => answered(key, given);
    if (typed.edit.kind === "rename-stage-id") renameStageId(session, typed.edit, answer);
    else session.edit(typed.edit, answer);
  }

  function answered(key: string, answer: EditAnswer): void {
    const draft = store.get().get(key);
    // More was typed meanwhile, or it was given up.
    if (draft?.state.kind !== "sent") return;
    if (answer === "taken") put({ ...draft, base: draft.state.json, state: { kind: "written" } });
    // The text is as it was; what was typed is not lost with it.
    else put({ ...draft, state: { kind: "stuck", message: "Not written: the edit was refused." } });
    if (left.delete(key) && answer === "taken") drop(key);
  }

  function leave(key: string): void {
    write(key);
    const state = store.get().get(key)?.state.kind;
    if (state === "written") drop(key);
    if (state === "sent") left.add(key);
  }

  function flush(): void {
    clearTimeout(timer);
    for (const key of store.get().keys()) leave(key);
  }

  function pause(): void {
    // Half an id is an id too, by which others would be renamed for a moment.
    for (const [key, draft] of store.get()) if (!isIdentity(draft)) write(key);
  }

  // The text may have become editable, or what was written may have been changed elsewhere: undone, say.
  let seen: PipelineDocument | undefined;
  const stopFollowing = session.store.subscribe(() => {
    const { document } = session.store.get();
    if (document === null || document.drawn === seen) return;
    const first = seen === undefined;
    seen = document.drawn;
    // What the page before could not write any more.
    if (first) flush();
    for (const [key, draft] of store.get()) {
      const there = jsonShown(document, draft.stage, draft.path);
      if (draft.state.kind === "written" && (there !== draft.base || isIdentity(draft))) drop(key);
      else if (draft.state.kind === "waiting" && document.broken === null) write(key);
    }
  });

  return {
    store,
    type(typed, there) {
      const before = store.get().get(draftKey(typed));
      const base = before?.state.kind === "sent" ? before.state.json : (before?.base ?? there);
      left.delete(draftKey(typed));
      put({ ...typed, base, state: { kind: "typed" } });
      clearTimeout(timer);
      timer = setTimeout(pause, PAUSE);
    },
    leave,
    flush,
    overwrite(key) {
      const draft = store.get().get(key);
      const { document } = session.store.get();
      if (draft === undefined || document === null) return;
      put({ ...draft, base: jsonShown(document, draft.stage, draft.path), state: { kind: "typed" } });
      write(key);
      left.add(key);
    },
    discard: drop,
    unwritten: () => [...store.get().values()].filter(({ state }) => state.kind !== "written"),
    dispose() {
      clearTimeout(timer);
      stopFollowing();
    },
  };
}

type DraftEdit =
  | { readonly kind: "edit"; readonly edit: CanvasEdit; readonly json: string }
  | { readonly kind: "unusable"; readonly message: string };

function isIdentity({ editor }: Draft): boolean {
  return editor.kind === "identity";
}

function editOf({ stage, path, editor, text, required }: Draft): DraftEdit {
  if (editor.kind === "identity" && stage !== null) {
    const to = text.trim();
    return { kind: "edit", edit: { kind: "rename-stage-id", stage, to }, json: jsonOf(to) };
  }
  const typed = typedValue(editor, text);
  switch (typed.kind) {
    case "unusable":
      return typed;
    case "value":
      return {
        kind: "edit",
        edit: { kind: "set-value", stage, path, value: typed.value },
        json: jsonOf(typed.value),
      };
    case "nothing":
      return required && editor.kind === "text"
        ? { kind: "edit", edit: { kind: "set-value", stage, path, value: "" }, json: '""' }
        : { kind: "edit", edit: { kind: "unset-value", stage, path }, json: "" };
  }
}
