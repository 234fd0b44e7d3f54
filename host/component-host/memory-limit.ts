/** What a component may take: JavaScript's own heap, and all of its process together, in megabytes. */
export const memoryLimit = { heap: 512, process: 1024 } as const;

/** What a process says on standard error before it ends itself for its memory. */
export function overLimit(megabytes: number): string {
  return `The component took more than ${megabytes} MB of memory and was ended.`;
}
