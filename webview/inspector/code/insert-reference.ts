import { startCompletion } from "@codemirror/autocomplete";
import { EditorView } from "@codemirror/view";

/** Puts `{{ }}` at the cursor of the editor with an id, where it is in none, and offers what can stand there. */
export function insertReferenceAt(control: string): void {
  const element = document.getElementById(control);
  const view = element === null ? null : EditorView.findFromDOM(element);
  if (view === null || view.state.readOnly) return;
  view.focus();
  const { from, to } = view.state.selection.main;
  if (element?.dataset["language"] === "template" && !isInside(view.state.sliceDoc(0, from))) {
    view.dispatch({ changes: { from, to, insert: "{{  }}" }, selection: { anchor: from + 3 } });
  }
  startCompletion(view);
}

function isInside(before: string): boolean {
  return before.lastIndexOf("{{") > before.lastIndexOf("}}");
}
