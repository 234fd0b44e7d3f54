import { ExternalTokenizer } from "@lezer/lr";
import { Dialect_field, stringToken } from "./expression.terms.ts";
import { endOfLiteral, isQuote } from "./scan.ts";

const SMALL_R = 0x72;

/** Quoted literals, with `r` before the quote for raw ones. One that is not closed is no token. */
export const stringTokens = new ExternalTokenizer((input, stack) => {
  const prefix = input.next === SMALL_R ? 1 : 0;
  if (!isQuote(prefix === 0 ? input.next : input.peek(1))) return;
  const mode = stack.dialectEnabled(Dialect_field) ? "interpolated" : "plain";
  const end = endOfLiteral((offset) => input.peek(offset), prefix, mode);
  if (end !== -1) input.acceptToken(stringToken, end);
});
