import type { ShownMerge } from "#protocol";

/**
 * What is shown now with the decisions in the order that they had: a merge finds them in another one as choices are made, and
 * the list would move under whoever works through it. New ones come after those that they are found after.
 */
export function inSteadyOrder(now: ShownMerge, before: ShownMerge | null): ShownMerge {
  if (now.kind !== "merge" || before?.kind !== "merge" || !now.answer.ok || !before.answer.ok) return now;
  const places = new Map(before.answer.decisions.map(({ id }, index) => [id, index]));
  const ranks = new Map<string, number>();
  let last = -1;
  for (const { id } of now.answer.decisions) {
    last = places.get(id) ?? last;
    ranks.set(id, last);
  }
  const isNew = (id: string): number => (places.has(id) ? 0 : 1);
  const decisions = now.answer.decisions.toSorted(
    (one, other) => (ranks.get(one.id) ?? 0) - (ranks.get(other.id) ?? 0) || isNew(one.id) - isNew(other.id),
  );
  return { ...now, answer: { ...now.answer, decisions } };
}
