import * as z from "zod";

/** Why a request was not answered with a result. */
export type ChannelErrorCode =
  /** The other side speaks another version of the protocol. */
  | "protocol-version"
  /** The other side has no handler of that name. */
  | "unknown-message"
  | "invalid-params"
  | "invalid-result"
  /** The handler threw. */
  | "failed"
  /** The sender took the request back. */
  | "cancelled"
  /** The channel was closed before the answer came. */
  | "disposed";

const id = z.int().nonnegative();
const protocol = z.int();

const errorCode = z.enum([
  "protocol-version",
  "unknown-message",
  "invalid-params",
  "invalid-result",
  "failed",
  "cancelled",
  "disposed",
]) satisfies z.ZodType<ChannelErrorCode>;

/** What travels between two channels. Params and results are checked later, against their message's own shape. */
export const envelope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("request"), protocol, id, name: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal("event"), protocol, name: z.string(), params: z.unknown() }),
  z.object({ kind: z.literal("reply"), id, result: z.unknown() }),
  z.object({ kind: z.literal("failure"), id, code: errorCode, message: z.string() }),
  z.object({ kind: z.literal("cancel"), id }),
]);

export type Envelope = z.infer<typeof envelope>;
