import type { Port } from "#protocol";

/** The two ends of a conversation within a page. */
export interface PortPair {
  readonly host: Port;
  readonly view: Port;
}

/**
 * As between VS Code and a view, what is posted is copied and comes later, in order; yet it comes in the same task, so
 * that what a click had told the host is known when the click has returned to the test.
 */
export function createPortPair(): PortPair {
  const host = createEnd();
  const view = createEnd();
  return {
    host: { post: (message) => view.deliver(message), listen: host.listen },
    view: { post: (message) => host.deliver(message), listen: view.listen },
  };
}

interface End {
  readonly listen: Port["listen"];
  deliver(message: unknown): void;
}

/** Keeps what comes before anyone listens. */
function createEnd(): End {
  let receive: ((message: unknown) => void) | null = null;
  let early: unknown[] = [];
  return {
    listen(listener) {
      receive = listener;
      for (const message of early) queueMicrotask(() => receive?.(message));
      early = [];
      return () => {
        receive = null;
      };
    },
    deliver(message) {
      const copy = structuredClone(message);
      if (receive === null) early.push(copy);
      else queueMicrotask(() => receive?.(copy));
    },
  };
}
