/**
 * When a breakpoint stops: before an attempt at a stage, once it has succeeded, once an attempt has failed, or as data
 * crosses an edge between two.
 */
export type StageMoment = "before" | "after" | "error" | "edge";

/** Which stages a function breakpoint is for, and when it stops at them. */
export interface FunctionPlace {
  readonly moment: StageMoment;
  /** The file of the stage, from the workspace's root; null for the one that was launched. */
  readonly path: string | null;
  /** The id of a stage; without a path it may be a component type. Of an edge, both ids with `->` between them. */
  readonly name: string;
}

/**
 * Reads the name of a function breakpoint: `draft`, `generator`, `after:draft`, `error:lib/review.pipeline.json#draft`,
 * `edge:draft->check`.
 * Never fails: any text may be the id of a stage.
 */
export function readFunctionName(text: string): FunctionPlace {
  const written = text.trim();
  const [, prefix, rest] = /^(before|after|error|edge):(.*)$/s.exec(written) ?? [];
  const target = rest?.trim() ?? written;
  const hash = target.indexOf("#");
  const moment = prefix === "after" || prefix === "error" || prefix === "edge" ? prefix : "before";
  if (hash <= 0) return { moment, path: null, name: target };
  return { moment, path: target.slice(0, hash), name: target.slice(hash + 1) };
}
