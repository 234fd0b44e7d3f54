import { declaresNothing } from "../json/declares-nothing.ts";
import type { JsonMembers } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import type { Field, Stage } from "../model.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { expandMatrix } from "./expand-matrix.ts";

/** Whether a stage is to run once for each leg of a matrix. */
export function hasMatrix(stage: Stage): boolean {
  const strategy = fieldNamed(stage.fields, "strategy");
  return strategy !== undefined && !declaresNothing(strategy.value);
}

/** GitHub's spellings are read too: people bring their matrices along. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["matrix", "matrix"],
  ["fail_fast", "fail_fast"],
  ["fail-fast", "fail_fast"],
  ["max_parallel", "max_parallel"],
  ["max-parallel", "max_parallel"],
]);

/** The settings in `strategy`, under the names that {@link readStrategy} knows; of two of one name the later counts. */
export function strategyFields(stage: Stage): readonly Field[] {
  return fieldsOf(fieldNamed(stage.fields, "strategy")?.value).flatMap((field) => {
    const key = FIELDS.get(field.key);
    return key === undefined ? [] : [{ ...field, key }];
  });
}

/** What is wrong with a strategy, for the user, and in which of its settings: null where it is about all of it. */
export interface StrategyFault {
  readonly field: string | null;
  readonly message: string;
}

/** Why a stage cannot have the strategy that it has, whatever the values of its settings are. */
export function strategyFault(stage: Stage): StrategyFault | null {
  if (!strategyFields(stage).some(({ key }) => key === "matrix"))
    return {
      field: null,
      message: 'Its "strategy" has no matrix. Add strategy.matrix, or remove strategy.',
    };
  const { componentType } = stage;
  if (componentType === "conditional" || componentType === "router")
    return {
      field: null,
      message: `A ${componentType} decides which stages run, and cannot decide it once for each leg of a matrix. Give the matrix to those stages.`,
    };
  return null;
}

/** How the legs of a matrix run. */
export type Strategy =
  | {
      readonly ok: true;
      /** Null where the matrix is not known. */
      readonly legs: readonly JsonMembers[] | null;
      readonly failFast: boolean;
      /** Null: as many as there are. */
      readonly maxParallel: number | null;
    }
  | { readonly ok: false; readonly fault: StrategyFault };

/** Reads those settings of a strategy that are known, before a run the ones without expressions. */
export function readStrategy(settings: ReadonlyMap<string, JsonValue>): Strategy {
  const failFast = settings.get("fail_fast") ?? (settings.has("fail_fast") ? null : true);
  const maxParallel = settings.get("max_parallel") ?? null;
  const matrix = settings.get("matrix");
  if (typeof failFast !== "boolean") return wrong("fail_fast", "strategy.fail_fast must be true or false.");
  if (maxParallel !== null && !isCount(maxParallel))
    return wrong("max_parallel", "strategy.max_parallel must be a whole number from 1.");
  const expanded = matrix === undefined ? null : expandMatrix(matrix);
  if (expanded?.ok === false) return wrong("matrix", expanded.message);
  return { ok: true, legs: expanded?.legs ?? null, failFast, maxParallel };
}

function isCount(value: JsonValue): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

function wrong(field: string, message: string): Strategy {
  return { ok: false, fault: { field, message } };
}
