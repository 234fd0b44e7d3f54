import type * as z from "zod";

/** The version of everything in this folder. It rises with each change that an older other side would misread. */
export const PROTOCOL_VERSION = 1;

/** A message that is answered. Both sides infer all types from the one constant. */
export interface RequestMessage<Params, Result> {
  readonly kind: "request";
  readonly name: string;
  readonly params: z.ZodType<Params>;
  readonly result: z.ZodType<Result>;
}

/** A message that is not answered. */
export interface EventMessage<Params> {
  readonly kind: "event";
  readonly name: string;
  readonly params: z.ZodType<Params>;
}

/** Defines a request: its name on the wire, and what its parameters and its result must look like. */
export function defineRequest<Params, Result>(
  name: string,
  shape: { readonly params: z.ZodType<Params>; readonly result: z.ZodType<Result> },
): RequestMessage<Params, Result> {
  return { kind: "request", name, ...shape };
}

/** Defines an event: its name on the wire, and what its parameters must look like. */
export function defineEvent<Params>(name: string, params: z.ZodType<Params>): EventMessage<Params> {
  return { kind: "event", name, params };
}
