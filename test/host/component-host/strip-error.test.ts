import { expect, test } from "vitest";
import { placeOfStripError } from "../../../host/component-host/child/strip-error.ts";

/** As Node throws them: what it draws is in the stack of newer ones, in the message of older ones. */
function thrown(message: string, stack: string): Error {
  const error = new SyntaxError(message);
  error.stack = stack;
  return error;
}

const reason = "TypeScript enum is not supported in strip-only mode";

test("Node 22.23 and 24 draw the place in the stack", () => {
  const stack = `:3\n\nexport enum Level { low }\n       ^^^^^^^^^^^^^^^^^^\n\nSyntaxError [ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX]: ${reason}\n    at x`;
  expect(placeOfStripError(thrown(reason, stack))).toEqual({ message: reason, line1: 3, column1: 8 });
});

test("Node 22.15 draws it in the message, in a box", () => {
  const message = `  x ${reason}\n   ,-[3:1]\n 1 | import { a } from "node:fs";\n 2 | \n 3 | export enum Level { low }\n   :        ^^^^^^^^^^^^^^^^^^\n   \`----\n`;
  expect(placeOfStripError(thrown(message, `SyntaxError: ${message}`))).toEqual({
    message: reason,
    line1: 3,
    column1: 8,
  });
});

test("one that draws nothing is taken by its message", () => {
  expect(placeOfStripError(thrown("Odd.", "SyntaxError: Odd."))).toEqual({
    message: "Odd",
    line1: 1,
    column1: 1,
  });
});
