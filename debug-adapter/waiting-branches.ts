import type { GatePoint, StepPoint } from "#core/engine";
import { addressKey, type StageAddress } from "#core/ports";
import type { BreakpointHit, Breakpoints } from "./stops.ts";

/** A branch that waits at a gate; `told` once the client knows of the stop. */
export interface Waiting {
  readonly point: GatePoint | StepPoint;
  readonly release: () => void;
  /** Ends the wait where nothing comes of what waited. */
  readonly drop: () => void;
  readonly hit: BreakpointHit | null;
  told: boolean;
}

/** The branches of a run that wait at gates, and the stages that are between their two. */
export interface WaitingBranches {
  /** Takes in that a branch has come to a gate. */
  come(point: GatePoint): void;
  /** It waits there; resolves when it is released. */
  wait(point: GatePoint | StepPoint, hit: BreakpointHit | null): Promise<void>;
  /** A stage has decided which others run, and does nothing by itself any more. */
  decided(address: StageAddress): void;
  /** It goes on at once. */
  pass(point: GatePoint): void;
  /** What waited there is gone: nothing comes of it, and whoever held it for the wait hears that it is over. */
  drop(lane: number): void;
  at(lane: number): Waiting | undefined;
  all(): readonly Waiting[];
  isAnyWaiting(): boolean;
  /** Whether a stage is at work, between its two gates. One whose rounds, arms or call have all come to wait is not. */
  isAnyAtWork(): boolean;
}

/** `begun` are the stages that are between their two gates already. */
export function createWaitingBranches(begun: readonly StageAddress[]): WaitingBranches {
  const waiting = new Map<number, Waiting>();
  const atWork = new Map(begun.map((address) => [addressKey(address), address]));
  const begin = ({ address }: GatePoint | StepPoint): void => void atWork.set(addressKey(address), address);
  const end = ({ address }: GatePoint | StepPoint): void => void atWork.delete(addressKey(address));
  return {
    come: (point) => {
      const { kind, lane } = point;
      if (kind === "before") return;
      end(point);
      // A stage that is cancelled where it waits comes to its second gate without having left the first, or the step.
      const at = waiting.get(lane);
      waiting.delete(lane);
      at?.drop();
    },
    wait: (point, hit) =>
      new Promise((resolve) => {
        const release = (): void => {
          waiting.delete(point.lane);
          if (point.kind !== "after") begin(point);
          resolve();
        };
        if (point.kind === "within") end(point);
        waiting.set(point.lane, { point, release, drop: resolve, hit, told: false });
        // What it is a part of was cancelled, and the run has gone on without it.
        if (point.kind === "after")
          point.released?.addEventListener("abort", () => {
            if (waiting.get(point.lane)?.point !== point) return;
            waiting.delete(point.lane);
            resolve();
          });
      }),
    decided: (address) => void atWork.delete(addressKey(address)),
    pass: (point) => {
      if (point.kind === "before") begin(point);
    },
    drop: (lane) => {
      const at = waiting.get(lane);
      waiting.delete(lane);
      at?.drop();
    },
    at: (lane) => waiting.get(lane),
    all: () => [...waiting.values()],
    isAnyWaiting: () => waiting.size > 0,
    isAnyAtWork: () => {
      const owners = new Set<string>();
      for (const { point } of waiting.values()) for (const key of ownersOf(point.address)) owners.add(key);
      return [...atWork.keys()].some((key) => !owners.has(key));
    },
  };
}

/** The keys of the stages around an address: its loop, its try, the call of its pipeline, and what these are in. */
function ownersOf({ frames }: StageAddress): readonly string[] {
  return frames.map(({ owner }, depth) => addressKey({ frames: frames.slice(0, depth), stage: owner }));
}

/** The breakpoint that a branch came to while another was stopped, if it is still set, or what the run is to go to since. */
export function hitToCome({ point, hit, told }: Waiting, breakpoints: Breakpoints): BreakpointHit | null {
  if (told || point.kind === "within") return null;
  return hit === null ? breakpoints.awaited(point) : breakpoints.remaining(hit);
}
