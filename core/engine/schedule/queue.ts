/**
 * First in, first out. A ring of slots that are used again and again: what a chain of stages passes through it, one
 * by one, takes no memory each time, and nothing that has left it is held by it.
 */
export interface Queue<T> {
  /** As many as a power of two, so that a place is found by masking. */
  slots: (T | undefined)[];
  head: number;
  size: number;
}

export function createQueue<T>(): Queue<T> {
  return { slots: new Array<T | undefined>(8).fill(undefined), head: 0, size: 0 };
}

export function enqueue<T>(queue: Queue<T>, item: T): void {
  if (queue.size === queue.slots.length) grow(queue);
  queue.slots[slotOf(queue, queue.size)] = item;
  queue.size += 1;
}

/** Takes the first one out; undefined when there is none. */
export function dequeue<T>(queue: Queue<T>): T | undefined {
  if (queue.size === 0) return undefined;
  const item = queue.slots[queue.head];
  queue.slots[queue.head] = undefined;
  queue.head = slotOf(queue, 1);
  queue.size -= 1;
  return item;
}

function slotOf<T>({ slots, head }: Queue<T>, place: number): number {
  return (head + place) & (slots.length - 1);
}

function grow<T>(queue: Queue<T>): void {
  const items = [...queue.slots.slice(queue.head), ...queue.slots.slice(0, queue.head)];
  queue.slots = items.concat(new Array<T | undefined>(items.length).fill(undefined));
  queue.head = 0;
}
