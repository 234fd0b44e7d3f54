import * as z from "zod";
import { validParams } from "./valid-params.ts";

// What the protocol's own requests ask with, as far as they are read here. Everything else in them is let through.

const uint = z.int().min(0);
const position = z.looseObject({ line: uint, character: uint });
const inText = z.looseObject({ textDocument: z.looseObject({ uri: z.string() }) });
const atPosition = inText.extend({ position });

/** The shapes, by the names of the requests. */
const shapes = {
  "textDocument/completion": atPosition,
  "textDocument/hover": atPosition,
  "textDocument/prepareRename": atPosition,
  "textDocument/rename": atPosition.extend({ newName: z.string() }),
  "textDocument/formatting": inText,
  "textDocument/codeAction": inText.extend({
    range: z.looseObject({ start: position, end: position }),
    context: z.looseObject({
      diagnostics: z.array(z.looseObject({ range: z.looseObject({ start: position, end: position }) })),
      only: z.array(z.string()).nullish(),
    }),
  }),
  // Without data it is nobody's, or has its edit already.
  "codeAction/resolve": z.looseObject({ data: z.looseObject({ uri: z.string() }).nullish() }),
} as const satisfies Readonly<Record<string, z.ZodType>>;

/**
 * The same answer to a request of that name, for which its parameters are held to what the protocol says of them before:
 * what is otherwise is the client's, and no defect of the server.
 */
export function ofValid<Params, Answer>(
  name: keyof typeof shapes,
  answer: (params: Params) => Answer,
): (params: Params) => Answer {
  const params: z.ZodType = shapes[name];
  return (given) => {
    validParams({ name, params }, given);
    return answer(given);
  };
}
