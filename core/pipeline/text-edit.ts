/** Replace `length` UTF-16 units at `offset` by `text`. A list of edits refers to the text before any of them. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** The text after the edits, which must not overlap. Insertions at one place keep their order. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset)) {
    if (edit.offset < end) throw new Error(`The edits overlap at offset ${edit.offset}.`);
    parts.push(text.slice(end, edit.offset), edit.text);
    end = edit.offset + edit.length;
  }
  parts.push(text.slice(end));
  return parts.join("");
}
