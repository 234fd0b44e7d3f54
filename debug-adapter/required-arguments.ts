import * as z from "zod";
import { adapterErrors } from "./adapter-error.ts";

const thread = z.looseObject({ threadId: z.number() });
const source = z.looseObject({ path: z.string().exactOptional() });

/** Of each request of the protocol that is answered here and cannot do without arguments, those that it needs. */
export const requiredArguments: Readonly<Record<string, z.ZodType>> = {
  setBreakpoints: z.looseObject({
    source,
    breakpoints: z.array(z.looseObject({ line: z.number() })).exactOptional(),
  }),
  setFunctionBreakpoints: z.looseObject({ breakpoints: z.array(z.looseObject({ name: z.string() })) }),
  setExceptionBreakpoints: z.looseObject({
    filters: z.array(z.string()),
    filterOptions: z.array(z.looseObject({ filterId: z.string() })).exactOptional(),
  }),
  setDataBreakpoints: z.looseObject({ breakpoints: z.array(z.looseObject({ dataId: z.string() })) }),
  dataBreakpointInfo: z.looseObject({ name: z.string() }),
  breakpointLocations: z.looseObject({ source, line: z.number() }),
  exceptionInfo: thread,
  stackTrace: thread,
  continue: thread,
  next: thread,
  stepIn: thread,
  stepOut: thread,
  pause: thread,
  stepBack: thread,
  reverseContinue: thread,
  gotoTargets: z.looseObject({ source, line: z.number() }),
  goto: thread.extend({ targetId: z.number() }),
  scopes: z.looseObject({ frameId: z.number() }),
  restartFrame: z.looseObject({ frameId: z.number() }),
  stepInTargets: z.looseObject({ frameId: z.number() }),
  completions: z.looseObject({ text: z.string(), column: z.number() }),
  variables: z.looseObject({ variablesReference: z.number() }),
  setVariable: z.looseObject({ variablesReference: z.number(), name: z.string(), value: z.string() }),
  setExpression: z.looseObject({ expression: z.string(), value: z.string() }),
  evaluate: z.looseObject({ expression: z.string() }),
  source: z.looseObject({ sourceReference: z.number() }),
};

/** Throws {@link adapterErrors.invalidRequest} where a request lacks what it needs. The rest is the client's to get right. */
export function checkArguments(command: string, args: unknown): void {
  const schema = Object.hasOwn(requiredArguments, command) ? requiredArguments[command] : undefined;
  const result = schema?.safeParse(args ?? {});
  if (result === undefined || result.success) return;
  const [issue] = result.error.issues;
  throw adapterErrors.invalidRequest(command, `${issue?.path.join(".")}: ${issue?.message}`);
}
