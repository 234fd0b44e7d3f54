/** Levels below which all of a value is one line of JSON. */
const DEEPEST = 12;

/**
 * A value of a record, which is JSON, as people read it: a text as it is, a scalar as JSON, of an object and a list a line
 * for each key (`key: value`) and each item (`- value`), with what is in it below. It is read only as far as `room`
 * characters go; `cut` says whether there is more.
 */
export function readableText(value: unknown, room: number): { readonly text: string; readonly cut: boolean } {
  let text = "";
  for (const line of typeof value === "string" ? [value] : linesOf(value, 0)) {
    text += text === "" ? line : `\n${line}`;
    if (text.length > room) return { text: text.slice(0, room), cut: true };
  }
  return { text, cut: false };
}

function* linesOf(value: unknown, depth: number): Generator<string> {
  if (isBranch(value))
    for (const [head, member] of membersOf(value)) yield* linesOfMember(head, member, depth);
  else yield JSON.stringify(value);
}

function* linesOfMember(head: string, value: unknown, depth: number): Generator<string> {
  const below =
    typeof value === "string" && value.includes("\n")
      ? value.split(/\r?\n/)
      : isBranch(value) && depth < DEEPEST
        ? linesOf(value, depth + 1)
        : null;
  if (below === null) yield `${head} ${typeof value === "string" ? value : JSON.stringify(value)}`;
  else {
    yield head;
    for (const line of below) yield `  ${line}`;
  }
}

/** A list or an object with something in it. */
function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function* membersOf(value: object): Generator<readonly [string, unknown]> {
  if (Array.isArray(value)) for (const item of value) yield ["-", item];
  else for (const [key, member] of Object.entries(value)) yield [`${key}:`, member];
}
