import type { StageAddress } from "#core/ports";
import type { JournalEvent } from "./event.ts";

/**
 * One event as a line: its JSON. The two that every stage has are written by hand, since they make up most of a
 * journal and this takes half the time; a test holds them to what JSON.stringify writes.
 */
export function encodeEvent(event: JournalEvent): string {
  switch (event.kind) {
    case "stage-started": {
      const { attemptKey, componentType, inputs } = event;
      return `${beginning(event)},"attemptKey":${JSON.stringify(attemptKey)},"componentType":${JSON.stringify(componentType)},"inputs":{"ref":"${inputs.ref}"}}\n`;
    }
    case "stage-succeeded": {
      const { output, decision } = event;
      const last = decision === undefined ? "" : `,"decision":${JSON.stringify(decision)}`;
      return `${beginning(event)},"output":{"ref":"${output.ref}"}${last}}\n`;
    }
    case "run-started":
    case "run-resumed":
    case "run-ending":
    case "run-finished":
    case "stage-delta":
    case "stage-log":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "stage-decided":
    case "stage-failed":
    case "stage-skipped":
    case "stage-cancelled":
    case "variable-set":
    case "iteration-started":
    case "iteration-finished":
    case "arm-started":
    case "arm-finished":
    case "call-started":
    case "call-finished":
    case "stage-ending":
      return `${JSON.stringify(event)}\n`;
  }
}

type AttemptEvent = Extract<JournalEvent, { kind: "stage-started" | "stage-succeeded" }>;

function beginning({ seq, at, kind, address, attempt }: AttemptEvent): string {
  return `{"seq":${seq},"at":${at},"kind":"${kind}","address":${encodeAddress(address)},"attempt":${attempt}`;
}

function encodeAddress({ frames, stage }: StageAddress): string {
  return `{"frames":${frames.length === 0 ? "[]" : JSON.stringify(frames)},"stage":${JSON.stringify(stage)}}`;
}
