import type { Message, MessageStrategy } from "vscode-languageserver";
import type { Defer } from "./text-checks.ts";

/** Puts tasks off for as long as messages are waiting. */
export interface WhenIdle {
  /** Sees each message go by, for the connection's options. */
  readonly messageStrategy: MessageStrategy;
  readonly defer: Defer;
}

/** Turns without a message: what comes in during one may be handled in the next only. */
const emptyTurns = 2;

/**
 * Runs tasks when turns of the event loop have brought no message. A connection handles one message in each turn for
 * as long as it has any, and reads more between turns: when there is none, all that the client has sent is taken in.
 * It costs a single keystroke these turns, and no time is waited for.
 */
export function whenIdle(): WhenIdle {
  const tasks: (() => void)[] = [];
  let empty = 0;
  let waits = false;

  const turn = (): void => {
    const task = empty === emptyTurns ? tasks.shift() : undefined;
    empty = task === undefined ? empty + 1 : 0;
    waits = tasks.length > 0;
    // First, for the task may throw.
    if (waits) setImmediate(turn);
    task?.();
  };

  return {
    messageStrategy: {
      handleMessage(message: Message, next) {
        empty = 0;
        return next(message);
      },
    },
    defer(task) {
      tasks.push(task);
      if (waits) return;
      waits = true;
      empty = 0;
      setImmediate(turn);
    },
  };
}
