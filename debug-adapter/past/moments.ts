import type { RecordedGate } from "#core/engine";
import type { JournalEvent } from "#core/journal";
import { addressKey } from "#core/ports";

/** The events of a run that stand on its timeline, each with the gate that shows the run as it was then. */
export interface Moments {
  /** Takes the next event in, after its gates are known. */
  append(event: JournalEvent): void;
  count(): number;
  /** The event of a moment; undefined where there is no such moment. */
  eventOf(moment: number): JournalEvent | undefined;
  /** The number of the gate that shows the run at a moment, which may be one that the run has yet to come to. */
  gateOf(moment: number): number;
  /** The moment that a gate belongs to. */
  momentOf(gate: number): number | undefined;
  /** The last moment that is of the event `seq`, or of one before it; undefined before the first. */
  momentAt(seq: number): number | undefined;
  /** Whether an event is from before the run went on, or was forked. */
  isRecorded(event: JournalEvent): boolean;
  /** Whether an event is the success of a stage that did not run, as its output was in the cache. */
  isCached(event: JournalEvent): boolean;
}

/** `gates` grows with the run. */
export function createMoments(gates: readonly RecordedGate[]): Moments {
  const events: JournalEvent[] = [];
  const gateNumbers: number[] = [];
  const byGate: number[] = [];
  /** Of each stage the gate before its latest attempt. */
  const begun = new Map<string, number>();
  const cached = new Set<string>();
  /** Of successes that came from the cache, the numbers of their events. */
  const unrun = new Set<number>();
  let known = 0;
  let wentOn = -1;

  const take = (event: JournalEvent, gate: number): void => {
    for (; known < gates.length; known++) byGate[known] = events.length;
    gateNumbers.push(gate);
    events.push(event);
  };

  const next = (): number => gates.length;
  /** The gate that the event itself came to, the last of those; what comes to none is shown by the next one. */
  const own = (): number => (gates.length > known ? gates.length - 1 : next());

  const append = (event: JournalEvent): void => {
    switch (event.kind) {
      case "stage-started":
        begun.set(addressKey(event.address), own());
        return take(event, own());
      case "stage-succeeded":
        if (cached.delete(addressKey(event.address))) unrun.add(event.seq);
        return take(event, own());
      case "stage-failed":
      case "stage-cancelled":
        return take(event, own());
      case "stage-log":
      case "question-asked":
      case "value-overridden":
      case "stage-retried":
        return take(event, begun.get(addressKey(event.address)) ?? next());
      case "run-resumed":
        wentOn = event.seq;
        return take(event, next());
      case "run-started":
      case "run-finished":
      case "stage-skipped":
      case "iteration-started":
      case "arm-started":
      case "call-started":
        return take(event, next());
      case "stage-cache":
        if (event.outcome.kind === "hit" || event.outcome.kind === "pinned")
          cached.add(addressKey(event.address));
        return;
      case "run-ending":
      case "stage-delta":
      case "stage-decided":
      case "stage-ending":
      case "model-called":
      case "model-answered":
      case "question-closed":
      case "variable-set":
      case "iteration-finished":
      case "arm-finished":
      case "call-finished":
        return;
    }
  };

  return {
    append,
    count: () => events.length,
    eventOf: (moment) => events[moment],
    gateOf: (moment) => gateNumbers[moment] ?? gates.length,
    momentOf: (gate) => byGate[gate],
    momentAt: (seq) => {
      const at = events.findLastIndex((event) => event.seq <= seq);
      return at < 0 ? undefined : at;
    },
    isRecorded: ({ seq }) => seq < wentOn,
    isCached: ({ seq }) => unrun.has(seq),
  };
}
