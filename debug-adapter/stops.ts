import type { Gate, GatePoint, StepPoint } from "#core/engine";
import type { StageAddress } from "#core/ports";
import type { StepKind } from "./step-range.ts";

/** A breakpoint that the run has come to; DAP's words for its kinds. */
export type BreakpointHit = {
  readonly ids: readonly number[];
} & (
  | { readonly reason: "breakpoint" | "function breakpoint" }
  /** `text` is the failure's message, or what happened to the data. */
  | { readonly reason: "exception" | "data breakpoint"; readonly text: string }
);

/** Why the run stops. */
export type Stop = { readonly reason: "entry" | "step" | "pause" } | BreakpointHit;

/** Which gates the run stops at, whatever else it is told to do. */
export interface Breakpoints {
  /** Asked once for each gate that the run comes to, since it may count. */
  hitAt(point: GatePoint): BreakpointHit | null;
  /** What is to stop a branch that came to a gate before that was so, and has waited behind another stop. */
  awaited(point: GatePoint): BreakpointHit | null;
  /** What is left of a hit when its branch has waited behind another stop; null when all of it was taken away. */
  remaining(hit: BreakpointHit): BreakpointHit | null;
}

/** What goes on: every branch, or one of those that wait, while the others stay where they are. */
export type Reach = "all" | "branch";

/** Decides at each gate whether the run goes on: breakpoints, steps and pause are here and nowhere else. */
export interface Stops {
  readonly gate: Gate;
  setBreakpoints(breakpoints: Breakpoints): void;
  /** A stage has decided which others run: from there on it is they that are at work, or wait for room. */
  decided(address: StageAddress): void;
  /** Where a branch waits; undefined when it does not. */
  waitingAt(lane: number): GatePoint | StepPoint | undefined;
  isStopped(): boolean;
  /** Goes on from where `lane` waits; gives what did. */
  resume(lane: number, reach: Reach): Reach;
  /** Every branch goes on from where it waits. */
  resumeAll(): void;
  /**
   * Only `lane` goes on; the others wait where they are. `all` ends at the next stage that would start as `how` says, on
   * whichever branch, `branch` at the next one on this. Gives what goes on, as the client is to take it.
   */
  step(lane: number, how: StepKind, reach: Reach): Reach;
  /**
   * The stage that `lane` waits before is left out, by `leaveOut`, and the branch goes on as by a step, of which it
   * gives the same; null, and nothing is done, where it waits before none.
   */
  skip(lane: number, leaveOut: () => void): Reach | null;
  /** The stage that `lane` waits after is tried again, by `again`, and stops before its next attempt; the others stay. */
  retry(lane: number, again: () => void): void;
  /** Stops at the next gate that the branch comes to, or any where all stop together. */
  pause(lane: number): void;
  /** Has each branch wait at its next gate, whatever it was told before: what was is looked at. */
  standStill(): void;
  /** Nothing stops any more: the session ends, or the client has left. */
  letGo(): void;
}

/** Where a run stops at first. */
export type Entry = "stop-on-entry" | "run-on-entry";

/** Called once for each stop, with the branch that the client should look at. */
export type TellStop = (lane: number, stop: Stop) => void;

export const noBreakpoints: Breakpoints = {
  hitAt: () => null,
  awaited: () => null,
  remaining: () => null,
};
