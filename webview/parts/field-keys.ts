import type { KeyboardEvent } from "react";

/**
 * Keeps the keys in a field that mean something in a text: letters and moves, which are commands of the canvas elsewhere,
 * and undo, with which VS Code, which listens at the window, would take back an edit of the file. Its other commands go on
 * to it while somebody types too.
 */
export function keepTyping(event: KeyboardEvent<HTMLElement>): void {
  const chord = event.ctrlKey || event.metaKey;
  if (chord ? /^[zy]$/i.test(event.key) : !/^F\d+$/.test(event.key)) event.stopPropagation();
}
