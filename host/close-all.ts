/**
 * Closes one after the other, each whatever became of those before it: what holds a lock is let go even when something
 * else could not be written. Rejects with the first error, when all have been tried.
 */
export async function closeAll(
  ...closers: readonly (() => void | Promise<void> | undefined)[]
): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
