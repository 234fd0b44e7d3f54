import type { Clock } from "#core/ports";

/** Milliseconds, and commands, after which the platform gets its turn. */
const BUSY_MS = 50;
const BUSY_COMMANDS = 100;
/** Then the clock is read after each so many commands only: reading it costs as much as some of them do. */
const COMMANDS_A_LOOK = 8;

/**
 * Turns of the platform in a run that has much to do at once, such as a loop over stages that wait for nothing: without
 * them nothing of its record would be written, and no one could cancel it, before all is done.
 */
export interface Turns {
  /** Counts a command; whether it is time for a turn. */
  isDue(): boolean;
  /** Resolves when the platform has had it. */
  take(signal: AbortSignal): Promise<void>;
}

/** The first turn is due when both have passed, counted from now. */
export function createTurns(clock: Clock): Turns {
  let last = clock.monotonic();
  let commandsToLook = BUSY_COMMANDS;
  return {
    isDue() {
      commandsToLook -= 1;
      if (commandsToLook > 0) return false;
      commandsToLook = COMMANDS_A_LOOK;
      return clock.monotonic() - last >= BUSY_MS;
    },
    async take(signal) {
      await clock.sleep(0, signal);
      last = clock.monotonic();
      commandsToLook = BUSY_COMMANDS;
    },
  };
}
