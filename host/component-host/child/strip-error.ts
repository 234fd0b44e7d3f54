/** What Node says of TypeScript that it cannot take the types out of, and where; counted from 1. */
export interface StripErrorPlace {
  readonly message: string;
  readonly line1: number;
  readonly column1: number;
}

/**
 * Reads the drawing that Node makes of the place. Newer ones put `:<line>`, lines and a row of `^` before the
 * message; older ones a box with `[<line>:<column>]`, whose column is not that of the `^`.
 */
export function placeOfStripError({ message, stack = "" }: Error): StripErrorPlace {
  const newer = /^:(\d+)\n[^]*?^( *)\^/m.exec(stack);
  if (newer !== null) {
    return { message: firstLine(message), line1: Number(newer[1]), column1: (newer[2] ?? "").length + 1 };
  }
  const line1 = Number(/,-\[(\d+):\d+\]/.exec(message)?.[1] ?? 1);
  const column1 = (/^ +[:·] ( *)\^/m.exec(message)?.[1] ?? "").length + 1;
  return { message: firstLine(message).replace(/^\s*x\s+/, ""), line1, column1 };
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/\.$/, "");
}
