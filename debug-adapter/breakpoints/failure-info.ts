import type { DebugProtocol } from "@vscode/debugprotocol";
import type { GatePoint } from "#core/engine";
import { addressKey, type Json } from "#core/ports";
import type { FailureMet } from "./failure-table.ts";

/** Characters of what is told of a failure's details, at most. */
const mostDetails = 4000;

/** What DAP calls an exception: the failure's type and message, which attempt it was, what comes next, its details. */
export function failureInfo(
  { failure, next, isHandled }: FailureMet,
  point: GatePoint,
): DebugProtocol.ExceptionInfoResponse["body"] {
  const lines = [
    `at ${addressKey(point.address)}, attempt ${point.attempt}${retriesBefore(point)}`,
    nextOf(next, isHandled),
    ...(failure.field === undefined ? [] : [`field: ${failure.field}`]),
    ...(failure.retryAfterMs === undefined ? [] : [`the server asks to wait ${failure.retryAfterMs} ms`]),
    ...detailLines(failure.details),
  ];
  return {
    exceptionId: failure.type,
    description: failure.message,
    breakMode: isHandled ? "always" : "unhandled",
    details: {
      message: failure.message,
      typeName: failure.type,
      fullTypeName: failure.type,
      // The end of the run is nothing that a stage sees.
      ...(next === null ? {} : { evaluateName: "error" }),
      stackTrace: lines.join("\n"),
    },
  };
}

function retriesBefore({ attempt }: GatePoint): string {
  if (attempt < 2) return "";
  return attempt === 2 ? ", 1 retry so far" : `, ${attempt - 1} retries so far`;
}

function nextOf(next: FailureMet["next"], isHandled: boolean): string {
  if (next === null) return "the run ends";
  switch (next.kind) {
    case "retry":
      return `next: it is tried again in ${next.delayMs} ms`;
    case "continue":
      return "next: the run goes on, as on_error says";
    case "propagate":
      return isHandled ? "next: a stage around it handles the failure" : "next: the run fails";
  }
}

/** Each detail by itself: a server's answer is a text of many lines, which JSON would put into one. */
function detailLines(details: Json | undefined): readonly string[] {
  if (details === undefined || details === null) return [];
  const entries =
    typeof details === "object" && !Array.isArray(details) ? Object.entries(details) : [["details", details]];
  return entries.map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${String(name)}: ${text.length > mostDetails ? `${text.slice(0, mostDetails)}…` : text}`;
  });
}
