import type { Port } from "#protocol";

export interface TestPort extends Port {
  /** Everything that was posted here, in order. */
  readonly posted: readonly unknown[];
  /** Delivers something to this side that no channel sent. */
  deliver(message: unknown): void;
}

/** Two ports joined back to back: each message is cloned, and delivered later and in order, as by postMessage. */
export function portPair(): readonly [TestPort, TestPort] {
  const left = side();
  const right = side();
  left.connect(right);
  right.connect(left);
  return [left, right];
}

/** Resolves when every message posted so far, and the answers to them, have been delivered. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function side(): TestPort & { connect(other: TestPort): void } {
  const posted: unknown[] = [];
  const listeners = new Set<(message: unknown) => void>();
  let peer: TestPort | undefined;
  return {
    posted,
    connect(other) {
      peer = other;
    },
    post(message) {
      const copy: unknown = structuredClone(message);
      posted.push(copy);
      queueMicrotask(() => peer?.deliver(copy));
    },
    deliver(message) {
      for (const listener of listeners) listener(message);
    },
    listen(receive) {
      listeners.add(receive);
      return () => listeners.delete(receive);
    },
  };
}
