import { adapterErrors } from "../adapter-error.ts";
import type { Launched, LaunchedPast } from "../launched.ts";

/** The record of a run: at its end, to go on is to be done with it. */
export function launchedRecord(past: LaunchedPast, looksAway: () => void, done: () => void): Launched {
  const { cursor } = past;
  const goOn = (move: () => void): void => {
    looksAway();
    if (cursor.isInPast()) move();
    else done();
  };
  return {
    run: null,
    past,
    shown: () => cursor.shown(),
    resume: () => {
      goOn(() => cursor.resume());
      return "all";
    },
    step: (_lane, how) => goOn(() => cursor.step(how)),
    // It always stands still.
    pause: () => {},
    standStill: () => {},
    runTo: () => {
      throw adapterErrors.notInThePast();
    },
    stepTo: () => {
      throw adapterErrors.notInThePast();
    },
    skip: () => {
      throw adapterErrors.notInThePast();
    },
    retry: () => {
      throw adapterErrors.noRetryInThePast();
    },
    keepPartial: () => {
      throw adapterErrors.notInThePast();
    },
    cancelBranch: () => {
      throw adapterErrors.notInThePast();
    },
    end: (how) => {
      if (how === "terminate") done();
    },
  };
}
