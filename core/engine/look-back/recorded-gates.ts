import type { JournalEvent } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import { isOfDelivery } from "../resume/delivery-record.ts";
import { createLanes } from "../run/lanes.ts";

/** A place of a record where its run asked a gate, or would have asked one: before and after each attempt. */
export type RecordedGate = {
  /** The event after which the run was as it is shown here: before an attempt the last one before its start. */
  readonly seq: number;
  readonly address: StageAddress;
  readonly attempt: number;
  /** As the run would have numbered its branches with a gate. */
  readonly lane: number;
} & (
  | { readonly kind: "before"; readonly event: EventOf<"stage-started" | "stage-failed"> }
  | {
      readonly kind: "after";
      readonly event: EventOf<"stage-succeeded" | "stage-failed" | "stage-cancelled">;
    }
);

type EventOf<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

/** The gates of a record, in its order, as events are taken in. */
export interface RecordedGates {
  readonly all: readonly RecordedGate[];
  append(event: JournalEvent): void;
}

/** Finds the gates of a run in its events. Skipped stages come to none; nor does the delivery of the result. */
export function createRecordedGates(): RecordedGates {
  const all: RecordedGate[] = [];
  /** Of what is between its two gates, by its address. */
  const taken = new Map<string, number>();
  /** Owners that have decided: they take up no lane until their end. */
  const owners = new Set<string>();
  let lanes = createLanes();
  let lastLane = 0;

  const enter = (key: string): number => {
    const lane = lanes.take(lastLane);
    taken.set(key, lane);
    return lane;
  };

  const leave = (key: string): number | undefined => {
    const lane = taken.get(key) ?? (owners.delete(key) ? lanes.take(lastLane) : undefined);
    if (lane === undefined) return undefined;
    taken.delete(key);
    lanes.give(lane);
    lastLane = lane;
    return lane;
  };

  const before = (event: EventOf<"stage-started" | "stage-failed">): void => {
    const { address, attempt, seq } = event;
    all.push({ kind: "before", seq: seq - 1, address, attempt, lane: enter(addressKey(address)), event });
  };

  const after = (event: EventOf<"stage-succeeded" | "stage-failed" | "stage-cancelled">): void => {
    const { address, attempt, seq } = event;
    const lane = leave(addressKey(address));
    if (lane !== undefined) all.push({ kind: "after", seq, address, attempt, lane, event });
  };

  const take = (event: JournalEvent): void => {
    switch (event.kind) {
      case "stage-started":
        return before(event);
      case "stage-failed": {
        // Its inputs could not be resolved: it came to its gate, and no further.
        const key = addressKey(event.address);
        if (!taken.has(key) && !owners.has(key)) before(event);
        return after(event);
      }
      case "stage-succeeded":
      case "stage-cancelled":
        return after(event);
      case "stage-decided": {
        const key = addressKey(event.address);
        leave(key);
        owners.add(key);
        return;
      }
      case "run-resumed":
        // Whatever was at work then is not any more.
        taken.clear();
        lanes = createLanes();
        lastLane = 0;
        return;
      case "run-started":
      case "run-ending":
      case "run-finished":
      case "stage-delta":
      case "stage-log":
      case "stage-cache":
      case "stage-skipped":
      case "stage-retried":
      case "model-called":
      case "model-answered":
      case "question-asked":
      case "question-closed":
      case "variable-set":
      case "value-overridden":
      case "iteration-started":
      case "iteration-finished":
      case "arm-started":
      case "arm-finished":
      case "call-started":
      case "call-finished":
      case "stage-ending":
        return;
    }
  };

  return {
    all,
    append: (event) => {
      if (!isOfDelivery(event)) take(event);
    },
  };
}
