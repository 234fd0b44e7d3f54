import { isJsonObject } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { failed, implement } from "../implementation.ts";
import { followPath } from "../json-path.ts";
import { variableSet } from "./definition.ts";

/** Decides which variables get which values; the engine sets them. */
export const variableSetImplementation = implement(variableSet, ({ inputs, attempt }) => {
  const { name, value, variables, overwrite, extract_path } = inputs;
  const assignments = Object.entries(variables ?? {}).map(([key, assigned]) => ({
    name: key,
    value: assigned,
  }));
  if (name !== undefined) {
    const part =
      extract_path === undefined
        ? { found: true as const, value: value ?? null }
        : followPath(value ?? null, extract_path);
    if (part === undefined)
      return failed(
        "VALIDATION",
        `"${extract_path}" is no path. Write it as user.emails[0].`,
        "extract_path",
      );
    if (!part.found)
      return failed("TRANSFORMATION", `The value has nothing at ${extract_path}.`, "extract_path");
    assignments.push({ name, value: part.value });
  }
  const [first] = assignments;
  if (first === undefined)
    return failed("VALIDATION", `variable_set needs "name" and "value", or "variables".`, "name");
  const before = variablesIn(attempt.scope.values);
  const wasSet = overwrite || assignments.some((assignment) => !Object.hasOwn(before, assignment.name));
  const previous: Json = Object.hasOwn(before, first.name) ? (before[first.name] ?? null) : null;
  const isKept = !overwrite && Object.hasOwn(before, first.name);
  return {
    ok: true,
    output: {
      name: first.name,
      value: isKept ? previous : first.value,
      previous_value: previous,
      was_set: wasSet,
    },
    directive: { kind: "set-variables", variables: assignments, overwrite },
  };
});

function variablesIn(values: JsonObject): JsonObject {
  const variables = Object.hasOwn(values, "vars") ? values["vars"] : undefined;
  // An array is no map of variables; the engine never gives one.
  return isJsonObject(variables) ? variables : {};
}
