/**
 * Names that every stage in a loop sees besides those that the loop's config gives to the item and its index: FlowMason's
 * own, then those of its guides (facts, section 2).
 */
export const loopNames: readonly string[] = [
  "loop_item",
  "loop_index",
  "loop_total",
  "current_item",
  "item_index",
];

/**
 * Names that every stage sees in the branch of a trycatch that deals with a failure: FlowMason's own (facts, section 2),
 * and `_error`, which its guides have. The trycatch may name one more, as its `error_variable`: the failure's message.
 */
export const catchNames: readonly string[] = [
  "error",
  "_error",
  "error_message",
  "error_type",
  "error_occurred",
];
