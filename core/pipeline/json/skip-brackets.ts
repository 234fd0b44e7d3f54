import type { Cursor } from "./cursor.ts";
import { readString } from "./scan-scalar.ts";
import { skipTrivia } from "./scan-trivia.ts";

/** Moves past the object or list at the cursor without reading it, in constant stack. */
export function skipBrackets(cursor: Cursor): void {
  let open = 0;
  do {
    const code = cursor.text.charCodeAt(cursor.position);
    if (code === 0x22) {
      readString(cursor);
    } else {
      if (code === 0x7b || code === 0x5b) open += 1;
      if (code === 0x7d || code === 0x5d) open -= 1;
      cursor.position += 1;
    }
    if (open > 0) skipTrivia(cursor);
  } while (open > 0 && cursor.position < cursor.text.length);
}
