import type { SkipCause } from "#core/journal";
import type { Ending, Frame, Queued } from "./state.ts";

/** What the scheduler wants done. Each is answered by an event, which is when the state changes. */
export type Command =
  | Queued
  | {
      readonly kind: "skip";
      readonly frame: Frame;
      readonly index: number;
      readonly cause: SkipCause;
      readonly reason: string;
    }
  | { readonly kind: "cancel"; readonly frame: Frame; readonly index: number }
  /** `place` is that of the item among those that the owner decided on. */
  | {
      readonly kind: "start-iteration";
      readonly frame: Frame;
      readonly index: number;
      readonly place: number;
    }
  | {
      readonly kind: "start-arm";
      readonly frame: Frame;
      readonly index: number;
      readonly arm: "try" | "catch" | "finally";
      readonly attempt: number;
      readonly delayMs: number;
    }
  | {
      readonly kind: "start-call";
      readonly frame: Frame;
      readonly index: number;
      readonly attempt: number;
      readonly delayMs: number;
    }
  /** Every stage of an iteration, an arm or a called pipeline has ended. */
  | { readonly kind: "close-frame"; readonly frame: Frame; readonly ending: Ending | null }
  /** Every frame of an owner has ended, and so does it: well when `ending` is null. */
  | {
      readonly kind: "end-owner";
      readonly frame: Frame;
      readonly index: number;
      readonly ending: Ending | null;
    }
  | { readonly kind: "end-run"; readonly ending: Ending | null };

/** Takes commands in order. */
export type Commands = (command: Command) => void;
