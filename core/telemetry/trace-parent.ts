import type { RemoteParent } from "./span.ts";

/** What a `traceparent` says: whose work a run is part of, and whether that is traced at all. */
export type TraceParent =
  | { readonly kind: "none" }
  /** There is one, of no form that is known: it is as if there were none. */
  | { readonly kind: "unreadable" }
  /** Its trace is not recorded, and neither is what is done for it. */
  | { readonly kind: "unsampled" }
  | { readonly kind: "sampled"; readonly parent: RemoteParent };

/** Reads `traceparent` and `tracestate` of W3C Trace Context, as the environment has them. */
export function readTraceParent(
  traceparent: string | undefined,
  tracestate: string | undefined,
): TraceParent {
  const text = traceparent?.trim().toLowerCase() ?? "";
  if (text === "") return { kind: "none" };
  const parts = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(text);
  const [, version = "", traceId = "", spanId = "", flags = "", more] = parts ?? [];
  const isUsable =
    parts !== null &&
    version !== "ff" &&
    (version !== "00" || more === undefined) &&
    !/^0+$/.test(traceId) &&
    !/^0+$/.test(spanId);
  if (!isUsable) return { kind: "unreadable" };
  if ((Number.parseInt(flags, 16) & 1) === 0) return { kind: "unsampled" };
  return { kind: "sampled", parent: { traceId, spanId, traceState: tracestate?.trim() ?? "" } };
}
