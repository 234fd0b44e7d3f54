import { inputFieldOf, type Project } from "#core/component-definitions";
import type { Stage } from "#core/pipeline";

/** What the text of a field is: prose with `{{ }}` in it, or a bare expression; and the names that only it has. */
export interface FieldPlace {
  readonly kind: "template" | "expression";
  readonly names: readonly string[];
}

/** The place that a path of a stage is. */
export function fieldPlaceOf(
  stage: Stage,
  path: readonly string[],
  definitions: Project["definitions"],
): FieldPlace {
  const [part, key] = path;
  if (part === "when" || part === "skip_if") return { kind: "expression", names: [] };
  if (part === "outputs") return { kind: "template", names: ["output"] };
  if (part !== "config" && part !== "input_mapping" && part !== "inputs")
    return { kind: "template", names: [] };
  const definition = definitions.get(stage.componentType ?? "");
  const field = definition && key !== undefined ? inputFieldOf(definition, key) : undefined;
  const deferred =
    definition !== undefined && field !== undefined && Object.hasOwn(definition.deferred, field)
      ? definition.deferred[field]
      : undefined;
  return { kind: deferred?.kind ?? "template", names: deferred?.names ?? [] };
}
