import type { Stage, StageIdentities, StageUnit } from "../model.ts";

/** Finds which stage each id means. Keeps what `previous` knew when all ids are where they were. */
export function readIdentities(
  units: readonly StageUnit[],
  stages: readonly Stage[],
  previous: { readonly units: readonly StageUnit[]; readonly identities: StageIdentities } | undefined,
): StageIdentities {
  if (previous !== undefined && hasSameIds(units, previous.units)) return previous.identities;
  const byId = new Map<string, number>();
  const unitOf: number[] = [];
  const repeated: number[] = [];
  units.forEach((unit, index) => {
    for (const _ of unit.stages) unitOf.push(index);
  });
  stages.forEach(({ id }, index) => {
    if (byId.has(id)) repeated.push(index);
    else byId.set(id, index);
  });
  return { byId, unitOf, repeated };
}

function hasSameIds(units: readonly StageUnit[], previous: readonly StageUnit[]): boolean {
  return (
    units.length === previous.length &&
    units.every((unit, index) => {
      const before = previous[index];
      if (unit === before) return true;
      return (
        before?.stages.length === unit.stages.length &&
        unit.stages.every(({ id }, position) => id === before.stages[position]?.id)
      );
    })
  );
}
