/** Replace `length` UTF-16 units at `offset` by `text`. A list of edits refers to the text before any of them. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}
