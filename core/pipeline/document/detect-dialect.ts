import type { Dialect, DialectTraits, Pipeline, StageUnit } from "../model.ts";

/** Which of the five ways of writing this is (facts, section 1.2): the one that explains most of it. */
export function detectDialect(
  container: "list" | "map" | null,
  units: readonly StageUnit[],
  pipeline: Pick<Pipeline, "extends" | "abstract" | "overrides">,
): Dialect {
  if (container === "map") return "L3";
  if (anyUnit(units, "initStyle")) return "L2";
  const inherits = pipeline.extends !== null || pipeline.abstract || pipeline.overrides.length > 0;
  if (inherits || anyUnit(units, "typeKey")) return "L4";
  return anyUnit(units, "expressions") ? "L1x" : "L1";
}

function anyUnit(units: readonly StageUnit[], trait: keyof DialectTraits): boolean {
  return units.some((unit) => unit.traits[trait]);
}
