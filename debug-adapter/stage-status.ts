import type { JournalEvent } from "#core/journal";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import type { StageRunState } from "#protocol";
import type { RunFiles } from "./run-files.ts";

/** What became of a stage of a file. */
export interface StatusChange {
  /** Absolute. */
  readonly path: string;
  readonly state: StageRunState;
}

/** No note is longer, in UTF-16 units: it stands on a stage, and the record has all of it. */
const LONGEST_NOTE = 500;

function shortNote(note: string): string {
  return note.length > LONGEST_NOTE ? `${note.slice(0, LONGEST_NOTE - 1).toWellFormed()}…` : note;
}

/**
 * Reads from events, one after the other, how stages look from outside: what an event changes of that, mostly one stage or
 * none. In a loop a stage runs many times: which time it is stands beside its status.
 */
export function readStatuses(files: Pick<RunFiles, "at">): (event: JournalEvent) => readonly StatusChange[] {
  const read = readChange(files);
  /** The stages that have succeeded, by running or with an output that was kept or pinned, by file and id. */
  const succeeded = new Map<string, StatusChange>();
  return (event) => {
    if (event.kind === "run-resumed") {
      // What runs again, or goes on, has not been taken over, whatever became of it before.
      const ahead = [...event.again, ...event.reopened.map(({ address }) => address)];
      const open = new Set(ahead.map(({ frames, stage }) => JSON.stringify([files.at(frames).path, stage])));
      const changes = Array.from(
        succeeded,
        ([key, { path, state }]): StatusChange =>
          open.has(key)
            ? { path, state: { stage: state.stage, status: "waiting" } }
            : { path, state: takenOver(state) },
      );
      succeeded.clear();
      return changes;
    }
    const change = read(event);
    if (change === null) return [];
    const key = JSON.stringify([change.path, change.state.stage]);
    const { status } = change.state;
    if (status === "succeeded" || status === "cached") succeeded.set(key, change);
    else succeeded.delete(key);
    return [change];
  };
}

/** That the record had it from the cache, or pinned, is no longer what its result comes from. */
function takenOver({ stage, status, note }: StageRunState): StageRunState {
  return note === undefined || (status === "cached" && note === PINNED)
    ? { stage, status: "recorded" }
    : { stage, status: "recorded", note };
}

const PINNED = "pinned";

function readChange(files: Pick<RunFiles, "at">): (event: JournalEvent) => StatusChange | null {
  const cached = new Set<string>();
  const pinned = new Set<string>();
  /** How often each stage has begun in rounds, by file and id. */
  const rounds = new Map<string, number>();
  const pathOf = ({ frames }: StageAddress): string => files.at(frames).path;

  const changed = (address: StageAddress, status: StageRunState["status"], note?: string): StatusChange => {
    const { stage } = address;
    return {
      path: pathOf(address),
      state: note === undefined ? { stage, status } : { stage, status, note: shortNote(note) },
    };
  };

  const roundKey = (address: StageAddress): string => JSON.stringify([pathOf(address), address.stage]);
  const countRound = (address: StageAddress): void => {
    if (address.frames.some(isRound)) rounds.set(roundKey(address), (rounds.get(roundKey(address)) ?? 0) + 1);
  };
  const roundNote = (address: StageAddress): string | undefined =>
    address.frames.some(isRound) ? `×${rounds.get(roundKey(address)) ?? 1}` : undefined;

  return (event) => {
    switch (event.kind) {
      case "stage-started":
        countRound(event.address);
        return changed(event.address, "running", roundNote(event.address));
      case "stage-cache":
        if (event.outcome.kind === "hit") cached.add(addressKey(event.address));
        if (event.outcome.kind === "pinned") pinned.add(addressKey(event.address));
        return null;
      case "stage-succeeded": {
        if (pinned.delete(addressKey(event.address))) return changed(event.address, "cached", PINNED);
        const status = cached.delete(addressKey(event.address)) ? "cached" : "succeeded";
        return changed(event.address, status, roundNote(event.address));
      }
      case "stage-failed":
        return changed(
          event.address,
          event.next.kind === "retry" ? "running" : "failed",
          event.failure.message,
        );
      case "stage-skipped":
        return changed(event.address, "skipped", event.reason);
      case "stage-cancelled":
        return changed(event.address, "cancelled");
      case "stage-retried":
        return changed(event.address, "running", "tried again by hand");
      case "question-asked":
        return changed(event.address, event.attempt === 0 ? "waiting" : "running", "waiting for an answer");
      case "question-closed":
        return changed(event.address, event.attempt === 0 ? "waiting" : "running");
      case "run-started":
      case "run-resumed":
      case "run-ending":
      case "run-finished":
      case "stage-delta":
      case "stage-log":
      case "stage-decided":
      case "model-called":
      case "model-answered":
      case "variable-set":
      case "value-overridden":
      case "iteration-started":
      case "iteration-finished":
      case "arm-started":
      case "arm-finished":
      case "call-started":
      case "call-finished":
      case "stage-ending":
        return null;
    }
  };
}

/** Where a run that is at `address` is in each file: the stage, after those whose calls lead to it, outermost first. */
export function callsTo(address: StageAddress): readonly StageAddress[] {
  const calls = address.frames.flatMap((step, depth) =>
    step.kind === "subpipeline" ? [{ frames: address.frames.slice(0, depth), stage: step.owner }] : [],
  );
  return [...calls, address];
}

function isRound({ kind }: FrameStep): boolean {
  return kind === "iteration";
}
