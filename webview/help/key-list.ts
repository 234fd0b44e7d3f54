/** A key, or keys, and what it does. */
export interface KeyEntry {
  /** As `KeyboardEvent` and its modifiers name them, `Shift+F2`; several that do the same, or stand for each other. */
  readonly keys: readonly string[];
  readonly does: string;
}

export interface KeyGroup {
  readonly title: string;
  /** What has the keyboard. */
  readonly of: "stage" | "connection" | "note" | "clipboard" | "other-file";
  readonly entries: readonly KeyEntry[];
}

const arrows = (modifier: string): readonly string[] =>
  ["Left", "Right", "Up", "Down"].map((side) => `${modifier}Arrow${side}`);

/** All keys of the graph. The help shows them, docs/canvas.md has them too, and a test presses each. */
export const keyGroups: readonly KeyGroup[] = [
  {
    title: "Going about",
    of: "stage",
    entries: [
      { keys: arrows(""), does: "Go to the next stage on that side" },
      { keys: ["Home", "End"], does: "Go to the first stage, to the last one" },
      { keys: ["/", "Control+F"], does: "Search a stage" },
      { keys: ["F"], does: "Show the whole graph" },
      { keys: ["+", "-"], does: "Zoom in, zoom out" },
      { keys: arrows("Control+"), does: "Move the view" },
      { keys: ["Enter"], does: "Show the stage in the text" },
      { keys: ["I", "F6"], does: "Go to the inspector; Escape comes back" },
      { keys: ["P"], does: "Go to the components; Escape comes back" },
      { keys: ["Shift+F10", "ContextMenu"], does: "Open the menu of what is selected, or of the graph" },
      { keys: ["?"], does: "List these keys" },
    ],
  },
  {
    title: "Other files",
    of: "other-file",
    entries: [
      { keys: ["Alt+Enter"], does: "Open the pipeline that the stage calls" },
      { keys: ["Alt+Shift+Enter"], does: "Go back to the one that it was opened from" },
      { keys: ["F12"], does: "Open the pipeline that the stage is inherited from" },
    ],
  },
  {
    title: "Selecting",
    of: "stage",
    entries: [
      { keys: [" "], does: "Select the stage" },
      { keys: ["Control+ "], does: "Select the stage besides others, or no longer" },
      { keys: arrows("Shift+"), does: "Go on and select that stage besides" },
      { keys: ["Control+A"], does: "Select all stages" },
      { keys: ["Escape"], does: "Select nothing; while stages are dragged: give the drag up" },
    ],
  },
  {
    title: "Stages",
    of: "stage",
    entries: [
      { keys: ["A", "Insert"], does: "Add a stage after the selected one, or between two" },
      { keys: ["N"], does: "Write a note under the stage, or in the middle" },
      { keys: ["F2"], does: "Rename" },
      { keys: ["Shift+F2"], does: "Change the id" },
      { keys: ["E"], does: "Disable, or enable" },
      { keys: ["F9"], does: "Set a breakpoint, or remove it" },
      { keys: ["Control+D"], does: "Duplicate" },
      { keys: ["Delete", "Backspace"], does: "Delete" },
      { keys: arrows("Alt+"), does: "Move by a step" },
      { keys: arrows("Alt+Shift+"), does: "Move by a pixel" },
      { keys: ["M"], does: "Move into a loop, a try or a branch" },
      { keys: ["Shift+M"], does: "Move out of it" },
      {
        keys: ["Alt+PageUp", "Alt+PageDown"],
        does: "Move up in the file, move down",
      },
    ],
  },
  {
    title: "Copying",
    of: "clipboard",
    entries: [
      { keys: ["Control+C", "Control+X"], does: "Copy, cut" },
      { keys: ["Control+V"], does: "Paste, also from another file" },
    ],
  },
  {
    title: "Connections",
    of: "connection",
    entries: [
      { keys: ["C"], does: "Connect the stage to another" },
      { keys: ["W", "Shift+W"], does: "Select the next connection of the stage, the previous one" },
      { keys: ["R"], does: "Take the end of the selected connection to another stage" },
      { keys: ["Shift+R"], does: "Take its beginning to another stage" },
      { keys: ["A"], does: "Insert a stage on the selected connection" },
      { keys: ["Delete"], does: "Delete the selected connection" },
      { keys: ["Enter"], does: "Show the stage that it leads to in the text" },
    ],
  },
  {
    title: "Notes and groups",
    of: "note",
    entries: [
      { keys: ["Enter", "F2"], does: "Write the text, or the title" },
      { keys: arrows("Alt+"), does: "Move it, a group with its stages" },
      { keys: arrows("Shift+"), does: "Resize the note" },
      { keys: ["Delete"], does: "Delete the note; of a group, the frame" },
      { keys: ["Shift+F10"], does: "Open its menu, which has colours" },
    ],
  },
];

/** Keys as people read them: `Alt+Arrow`, `Ctrl+Space`. */
export function keyWords(keys: readonly string[]): readonly string[] {
  const words = keys.map((key) =>
    key
      .replace(/Arrow(Left|Right|Up|Down)$/, "Arrow")
      .replace("Control", "Ctrl")
      .replace(/ $/, "Space")
      .replace("ContextMenu", "Menu")
      .replace("Delete", "Del"),
  );
  return [...new Set(words)];
}
