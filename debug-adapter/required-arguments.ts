import * as z from "zod";
import { adapterErrors } from "./adapter-error.ts";

const thread = z.object({ threadId: z.number() });
const source = z.object({ path: z.string().exactOptional() });

/** Of each request of the protocol that is answered here and cannot do without arguments, those that it needs; others may be there. */
export const requiredArguments: Readonly<Record<string, z.ZodType>> = {
  setBreakpoints: z.object({
    source,
    breakpoints: z.array(z.object({ line: z.number() })).exactOptional(),
  }),
  setFunctionBreakpoints: z.object({ breakpoints: z.array(z.object({ name: z.string() })) }),
  setExceptionBreakpoints: z.object({
    filters: z.array(z.string()),
    filterOptions: z.array(z.object({ filterId: z.string() })).exactOptional(),
  }),
  setDataBreakpoints: z.object({ breakpoints: z.array(z.object({ dataId: z.string() })) }),
  dataBreakpointInfo: z.object({ name: z.string() }),
  breakpointLocations: z.object({ source, line: z.number() }),
  exceptionInfo: thread,
  stackTrace: thread,
  continue: thread,
  next: thread,
  stepIn: thread,
  stepOut: thread,
  pause: thread,
  stepBack: thread,
  reverseContinue: thread,
  gotoTargets: z.object({ source, line: z.number() }),
  goto: thread.extend({ targetId: z.number() }),
  scopes: z.object({ frameId: z.number() }),
  restartFrame: z.object({ frameId: z.number() }),
  stepInTargets: z.object({ frameId: z.number() }),
  completions: z.object({ text: z.string(), column: z.number() }),
  variables: z.object({ variablesReference: z.number() }),
  setVariable: z.object({ variablesReference: z.number(), name: z.string(), value: z.string() }),
  setExpression: z.object({ expression: z.string(), value: z.string() }),
  evaluate: z.object({ expression: z.string() }),
  source: z.object({ sourceReference: z.number() }),
};

/** Throws {@link adapterErrors.invalidRequest} where a request lacks what it needs. The rest is the client's to get right. */
export function checkArguments(command: string, args: unknown): void {
  const schema = Object.hasOwn(requiredArguments, command) ? requiredArguments[command] : undefined;
  const result = schema?.safeParse(args ?? {});
  if (result === undefined || result.success) return;
  const [issue] = result.error.issues;
  throw adapterErrors.invalidRequest(command, `${issue?.path.join(".")}: ${issue?.message}`);
}
