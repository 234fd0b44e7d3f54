/** At which of its hits a breakpoint stops. */
export interface HitCondition {
  /** Whether it does at that one; the first is 1. */
  meets(hit: number): boolean;
}

/** A hit condition as it was read, or what is wrong with it. */
export type ReadHitCondition =
  | { readonly ok: true; readonly hit: HitCondition }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a hit count as clients have people write it: `5` or `==5` is the fifth hit, `>=3` the third and all after it,
 * `%5` each fifth; so do `>`, `<`, `<=` and `=`.
 */
export function readHitCondition(text: string): ReadHitCondition {
  const [, operator, digits] = /^(>=|<=|={0,3}|>|<|%) *(\d{1,9})$/.exec(text.trim()) ?? [];
  const count = Number(digits);
  if (operator === undefined || count === 0) {
    const message = `The hit count "${text}" cannot be read: write a number from 1 on, after one of ==, >=, >, <=, < and %, or alone for that hit only.`;
    return { ok: false, message };
  }
  return { ok: true, hit: { meets: comparisonWith(operator, count) } };
}

function comparisonWith(operator: string, count: number): (hit: number) => boolean {
  if (operator === ">=") return (hit) => hit >= count;
  if (operator === ">") return (hit) => hit > count;
  if (operator === "<=") return (hit) => hit <= count;
  if (operator === "<") return (hit) => hit < count;
  if (operator === "%") return (hit) => hit % count === 0;
  return (hit) => hit === count;
}
