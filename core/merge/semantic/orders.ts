import type { PipelineContent } from "../content/content.ts";
import type { Choice, Decision, Side } from "../three-way/decision.ts";
import type { LeftOut } from "../three-way/left-out.ts";
import type { Three } from "../three-way/merging.ts";

/** What a merge is to do otherwise, so that what does not go together is not in it. */
export interface Orders {
  readonly forced: Map<string, Side>;
  readonly dropped: Map<string, Set<string>>;
}

/** A merge, as the rules that look at its meaning see it. */
export interface Seen {
  readonly contents: Three<PipelineContent>;
  readonly merged: PipelineContent;
  /** What is in none of these, since it is the same in all of them. */
  readonly leftOut: LeftOut;
  /** The old ids of stages that one side gave another id and the other removed, by their keys. */
  readonly renamedAndRemoved: ReadonlyMap<string, string>;
  readonly orders: Orders;
  readonly choiceOf: (id: string) => Choice | undefined;
}

/** A rule: what it finds, each with what is to be done about it, which it writes into the orders. */
export type SemanticRule = (seen: Seen) => readonly Decision[];

/** Keeps an item out of the list at an address. */
export function drop({ dropped }: Orders, address: string, item: string): void {
  const items = dropped.get(address);
  if (items === undefined) dropped.set(address, new Set([item]));
  else items.add(item);
}

/** The state of a decision by what was chosen. */
export function stateOf(choice: Choice | undefined): Decision["state"] {
  return choice === undefined ? "open" : "chosen";
}
