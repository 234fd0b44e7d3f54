/** JSON with its comments, taken apart so that its parts can be renamed, moved and written down again. */
export type Written =
  /** A scalar, or a list or object that stays in its line: the text as it was written. */
  { readonly kind: "text"; readonly text: string } | WrittenObject | WrittenList;

export interface WrittenObject extends Container {
  readonly kind: "object";
  readonly members: readonly WrittenMember[];
}

export interface WrittenList extends Container {
  readonly kind: "list";
  readonly items: readonly WrittenItem[];
}

interface Container {
  /** An element a line, or everything in one. */
  readonly layout: "lines" | "line";
  /** Comments between the last element and the closing bracket. */
  readonly end: readonly Comment[];
}

/** An element of a list with what stands around it. */
export interface WrittenItem extends Trivia {
  readonly value: Written;
}

/** A property: its name, and the name as it is written, with its quotes. */
export interface WrittenMember extends WrittenItem {
  readonly key: string;
  readonly keyText: string;
}

/** What stands around an element besides commas. */
export interface Trivia {
  /** Whether an empty line sets it off from what comes before. */
  readonly blank: boolean;
  /** Comments on the lines before it. */
  readonly before: readonly Comment[];
  /** Comments that follow it in its line. */
  readonly after: readonly Comment[];
}

/** A comment as written, with its marks. */
export interface Comment {
  readonly text: string;
  /** Whether an empty line sets it off from what comes before. */
  readonly blank: boolean;
}

export const noTrivia: Trivia = { blank: false, before: [], after: [] };

/** A scalar, as JSON writes it. */
export function scalar(value: string | number | boolean): Written {
  return { kind: "text", text: JSON.stringify(value) };
}

/** A property that is not in the file under this name, with what stands around it. */
export function member(key: string, value: Written, trivia: Trivia = noTrivia): WrittenMember {
  const { blank, before, after } = trivia;
  return { key, keyText: JSON.stringify(key), value, blank, before, after };
}

/** An element of a list, with what stands around it. */
export function item(value: Written, trivia: Trivia = noTrivia): WrittenItem {
  return { value, blank: trivia.blank, before: trivia.before, after: trivia.after };
}
