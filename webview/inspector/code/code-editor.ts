import { defaultKeymap, history, redo, undo, undoDepth } from "@codemirror/commands";
import { Annotation, Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { type CodeLanguage, languageExtension } from "./code-language.ts";

/** What an editor is told once. */
export interface CodeEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly language: CodeLanguage;
  /** In one of one line Enter ends the typing; what is pasted may have more all the same. */
  readonly lines: "one" | "several";
  readonly placeholder: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly extensions: readonly Extension[];
  /** Someone typed. */
  typed(text: string): void;
  left(): void;
  /** Whether what stands here is not in the file yet: then undoing takes it back, else the file's last edit. */
  isDraft(): boolean;
}

/** A CodeMirror as a field of a form. */
export interface CodeEditor {
  readonly view: EditorView;
  /** Shows another text, with the cursor where it was as far as that is still there. */
  show(text: string): void;
  setAccess(access: "edit" | "read"): void;
  /** What was typed is in the file: undoing it is up to the file's own history from now on. */
  forgetHistory(): void;
  destroy(): void;
}

/** Marks a change that comes from the file. */
const fromFile = Annotation.define<true>();

/** Opens an editor in `parent`. */
export function openCodeEditor(options: CodeEditorOptions): CodeEditor {
  const past = new Compartment();
  const access = new Compartment();
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        past.of(history()),
        access.of([]),
        Prec.highest(
          EditorView.domEventHandlers({ keydown: (event, each) => onUndoKey(event, each, options) }),
        ),
        ...options.extensions,
        keymap.of([
          { key: "Mod-Enter", run: () => (options.left(), true) },
          ...(options.lines === "one" ? [{ key: "Enter", run: () => (options.left(), true) }] : []),
        ]),
        keymap.of(defaultKeymap.filter(({ key }) => key !== "Mod-Enter")),
        languageExtension(options.language),
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        placeholder(options.placeholder),
        EditorView.contentAttributes.of({
          ...options.attributes,
          "aria-multiline": String(options.lines === "several"),
        }),
        EditorView.cspNonce.of(nonceOfPage()),
        EditorView.domEventHandlers({ blur: () => options.left() }),
        EditorView.updateListener.of((update) => {
          const typed = update.transactions.some(
            (each) => each.docChanged && each.annotation(fromFile) === undefined,
          );
          if (typed) options.typed(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    view,
    show(text) {
      const before = view.state.doc.toString();
      if (before === text) return;
      view.dispatch({ changes: difference(before, text), annotations: fromFile.of(true) });
    },
    setAccess(to) {
      const extensions = [
        EditorState.readOnly.of(to === "read"),
        EditorView.contentAttributes.of({ "aria-readonly": String(to === "read") }),
      ];
      view.dispatch({ effects: access.reconfigure(extensions) });
    },
    forgetHistory() {
      if (undoDepth(view.state) === 0) return;
      view.dispatch({ effects: past.reconfigure([]) });
      view.dispatch({ effects: past.reconfigure(history()) });
    },
    destroy: () => view.destroy(),
  };
}

/**
 * Undoes what is only typed. Otherwise the key goes on to VS Code, whose undo is the file's, and never to the browser's
 * own, which knows nothing of either.
 */
function onUndoKey(event: KeyboardEvent, view: EditorView, { isDraft }: CodeEditorOptions): boolean {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return false;
  const command = key === "z" && !event.shiftKey ? undo : redo;
  if (isDraft() && command(view)) event.stopPropagation();
  event.preventDefault();
  return true;
}

/** The one change that makes a text another. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end += 1;
  }
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/** CodeMirror makes its style sheet itself, which the page's policy allows to whoever knows this. */
function nonceOfPage(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}
