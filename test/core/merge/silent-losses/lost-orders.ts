import type { JsonValue } from "#core/pipeline";
import type { Seen, Stages } from "./seen-merge.ts";
import { foundIn } from "./told-stages.ts";

/**
 * Pairs of stages that the side put the other way round, neither of which the other side moved among any: they are so in
 * the result, or a decision is about the order of one of them.
 */
export function lostOrders(seen: Seen): readonly string[] {
  const places = {
    base: indexes(seen.base),
    side: indexes(seen.side),
    other: indexes(seen.other),
    result: indexes(seen.result),
  };
  const toOther = new Map([...seen.otherToBase].map(([key, old]) => [old, key]));
  const trios = [...seen.sideToBase].flatMap(([key, old]) => {
    const other = toOther.get(old);
    const [found, ...more] = foundIn(seen, key);
    return other === undefined || found === undefined || more.length > 0
      ? []
      : [{ key, old, other, result: found.stage }];
  });
  const at = (
    place: ReadonlyMap<string, readonly [string, number]>,
    key: string,
  ): readonly [string, number] => place.get(key) ?? ["", -1];
  const turned = (
    side: ReadonlyMap<string, readonly [string, number]>,
    x: readonly [string, string],
    y: readonly [string, string],
  ): boolean => {
    const [bx, by] = [at(places.base, x[0]), at(places.base, y[0])];
    const [sx, sy] = [at(side, x[1]), at(side, y[1])];
    return bx[0] === by[0] && sx[0] === sy[0] && bx[1] < by[1] !== sx[1] < sy[1];
  };
  const restless = new Set(
    trios.flatMap((x) =>
      trios.some((y) => y !== x && turned(places.other, [x.old, x.other], [y.old, y.other])) ? [x.key] : [],
    ),
  );
  const told = new Set<JsonValue>(
    seen.decisions.flatMap(({ reason, stage, ours, theirs }) =>
      // A decision about a whole list has the orders of both.
      reason === "moved-twice" ? [stage, ...namesIn(ours), ...namesIn(theirs)] : [],
    ),
  );
  return trios.flatMap((x, index) =>
    trios.slice(index + 1).flatMap((y) => {
      if (restless.has(x.key) || restless.has(y.key)) return [];
      if (!turned(places.side, [x.old, x.key], [y.old, y.key])) return [];
      const [rx, ry] = [at(places.result, x.result), at(places.result, y.result)];
      const [sx, sy] = [at(places.side, x.key), at(places.side, y.key)];
      const isThere = rx[0] !== ry[0] || rx[1] < ry[1] === sx[1] < sy[1];
      const isTold = [x, y].some((each) => told.has(each.result) || told.has(each.key) || told.has(each.old));
      return isThere || isTold ? [] : [`order ${x.key} ${y.key}`];
    }),
  );
}

function namesIn(order: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(order) ? order : [];
}

function indexes(stages: Stages): ReadonlyMap<string, readonly [place: string, index: number]> {
  return new Map(
    [...stages.values()].map(({ stage, place }, index) => [stage, [JSON.stringify(place), index]] as const),
  );
}
