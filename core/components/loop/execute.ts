import type { Json } from "#core/ports";
import { implement } from "../implementation.ts";
import { loop } from "./definition.ts";

/** Cuts the list. */
export const loopImplementation = implement(loop, ({ inputs }) => {
  const { items, batch_size, max_iterations, start_index, include_metadata } = inputs;
  const batches: (readonly Json[])[] = [];
  let next = start_index;
  while (next < items.length && batches.length < (max_iterations ?? Number.POSITIVE_INFINITY)) {
    batches.push(items.slice(next, next + batch_size));
    next += batch_size;
  }
  const processed = batches.reduce((sum, batch) => sum + batch.length, 0);
  const remaining = Math.max(0, items.length - start_index - processed);
  const metadata = { start_index, batch_size, items_processed: processed, items_remaining: remaining };
  return {
    ok: true,
    output: {
      batches,
      total_items: items.length,
      total_batches: batches.length,
      has_more: remaining > 0,
      metadata: include_metadata ? metadata : null,
    },
  };
});
