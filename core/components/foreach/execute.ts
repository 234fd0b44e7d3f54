import type { Json } from "#core/ports";
import { compileField, isTruthy } from "../deferred-fields.ts";
import { type Call, implement, type StageOutcome } from "../implementation.ts";
import { foreach } from "./definition.ts";

/** Decides which items the engine runs the loop's stages for; the engine fills in the results. */
export const foreachImplementation = implement(foreach, (call) => {
  const { items, filter_expression, item_variable, index_variable, parallel, max_parallel } = call.inputs;
  const kept = keep(call, items, filter_expression, item_variable);
  if (!kept.ok) return kept;
  const chosen = kept.indexes.map((index) => items[index] ?? null);
  return {
    ok: true,
    output: {
      total_items: items.length,
      processed_items: chosen.length,
      skipped_items: items.length - chosen.length,
      current_item: null,
      current_index: null,
      items_to_process: chosen,
      results: [],
      is_complete: chosen.length === 0,
    },
    directive: {
      kind: "iterate",
      items: chosen,
      indexes: kept.indexes,
      itemVariable: item_variable,
      indexVariable: index_variable,
      parallel: parallel ? max_parallel : 1,
      breakOnError: call.inputs.break_on_error,
      collect: call.inputs.collect_results,
    },
  };
});

type Kept =
  | { readonly ok: true; readonly indexes: readonly number[] }
  | (StageOutcome & { readonly ok: false });

function keep(
  call: Call<unknown>,
  items: readonly Json[],
  filter: string | boolean | number | undefined,
  variable: string,
): Kept {
  const all = items.map((_, index) => index);
  if (typeof filter !== "string")
    return { ok: true, indexes: filter === undefined || isTruthy(filter) ? all : [] };
  const holds = compileField(call, "filter_expression", filter);
  const indexes: number[] = [];
  for (const [index, item] of items.entries()) {
    const result = holds({ item, [variable]: item });
    if (!result.ok) return result;
    if (isTruthy(result.value)) indexes.push(index);
  }
  return { ok: true, indexes };
}
