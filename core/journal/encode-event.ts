import type { StageAddress } from "#core/ports";
import type { JournalEvent } from "./event.ts";

/**
 * One event as a line: its JSON. The two that every stage has are written by hand, in as few pieces as can be, since
 * they make up most of a journal and this takes a third of the time; a test holds them to what JSON.stringify writes.
 */
export function encodeEvent(event: JournalEvent): string {
  switch (event.kind) {
    case "stage-started": {
      const { seq, at, address, attempt, attemptKey, componentType, inputs } = event;
      return `{"seq":${seq},"at":${at},"kind":"stage-started","address":{"frames":${encodeFrames(address)},"stage":"${escaped(address.stage)}"},"attempt":${attempt},"attemptKey":"${escaped(attemptKey)}","componentType":"${escaped(componentType)}","inputs":{"ref":"${inputs.ref}"}}\n`;
    }
    case "stage-succeeded": {
      const { seq, at, address, attempt, output, decision } = event;
      const last = decision === undefined ? "}\n" : `,"decision":${JSON.stringify(decision)}}\n`;
      return `{"seq":${seq},"at":${at},"kind":"stage-succeeded","address":{"frames":${encodeFrames(address)},"stage":"${escaped(address.stage)}"},"attempt":${attempt},"output":{"ref":"${output.ref}"}${last}`;
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
    case "stage-ending": {
      // Lines begin with number and time, in whatever order the event has its members.
      const { seq, at, ...body } = event;
      return `${JSON.stringify({ seq, at, ...body })}\n`;
    }
  }
}

function encodeFrames({ frames }: StageAddress): string {
  return frames.length === 0 ? "[]" : JSON.stringify(frames);
}

/** A text as it stands between quotes. Few ids have in them what JSON escapes, and looking is cheaper than asking it. */
function escaped(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const isPlain = unit >= SPACE && unit < FIRST_SURROGATE && unit !== QUOTE && unit !== BACKSLASH;
    if (!isPlain) return JSON.stringify(text).slice(1, -1);
  }
  return text;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_SURROGATE = 0xd800;
