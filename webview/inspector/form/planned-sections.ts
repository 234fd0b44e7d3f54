import type { Field, JsonValue } from "#core/pipeline";
import type { FieldSchemas } from "./field-schema.ts";
import type { FormRow, FormSection } from "./form.ts";
import { type RowTraits, rowsOf, unknownRow, valuesOf } from "./rows-of.ts";
import { expressionFields, ownPlaces, type SectionPlan, spellings } from "./section-plan.ts";

/** The sections of a plan, and one more with every other field of the schema and every key that it does not know. */
export function plannedSections(
  plan: readonly SectionPlan[],
  schemas: FieldSchemas,
  fields: readonly Field[],
  traitsOf: (key: string) => RowTraits,
): readonly FormSection[] {
  const values = valuesOf(fields);
  const planned = new Set(plan.flatMap(({ keys }) => keys));
  const rows = (key: string): readonly FormRow[] => rowsAt(key, schemas, values, traitsOf);
  const rest = Object.keys(schemas).filter((key) => !planned.has(key));
  const strangers = [...values.keys()].filter(
    (key) => !Object.hasOwn(schemas, key) && !planned.has(key) && !spellings.has(key) && !ownPlaces.has(key),
  );
  return [
    ...plan.map(({ id, title, keys, folded }) => {
      const all = keys.flatMap(rows);
      return { id, title, rows: all, folded: folded === "when-empty" && !all.some(isWritten), ...noAdding };
    }),
    {
      id: "more",
      title: "More",
      rows: [...rest.flatMap(rows), ...strangers.map((key) => unknownRow([key], values.get(key)))],
      folded: strangers.length === 0,
      addsTo: [],
      offers: [],
      hint: null,
    },
  ];
}

const noAdding = { addsTo: null, offers: [], hint: null };

function isWritten({ written }: FormRow): boolean {
  return written !== undefined;
}

/** The rows of a field under the spelling it is written in. */
function rowsAt(
  key: string,
  schemas: FieldSchemas,
  values: ReadonlyMap<string, JsonValue>,
  traitsOf: (key: string) => RowTraits,
): readonly FormRow[] {
  if (ownPlaces.has(key)) return [];
  const canonical = spellings.get(key);
  // Another spelling shows where its field does, if it is written.
  if (canonical !== undefined) return [];
  const spelled = [...spellings].filter(([other, field]) => field === key && values.has(other));
  const own = values.has(key) || spelled.length === 0 ? [key] : [];
  return [...own, ...spelled.map(([other]) => other)].flatMap((written) =>
    rowsOf([written], schemas[written] ?? schemas[key] ?? {}, values.get(written), {
      expression: expressionFields.has(written),
      ...traitsOf(key),
    }),
  );
}
