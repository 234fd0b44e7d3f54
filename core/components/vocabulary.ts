import type { ComponentWords, JsonValue, Vocabulary } from "#core/pipeline";
import type { JsonObject } from "#core/ports";
import { inputFieldOf, inputSchemaOf } from "./complete-inputs.ts";
import { convertValue } from "./convert-value.ts";
import type { ComponentDefinition, DeferredField } from "./define.ts";

/** What rewriting files has to know of these components. The same function for the same map. */
export function componentVocabulary(definitions: ReadonlyMap<string, ComponentDefinition>): Vocabulary {
  const words = new Map<string, ComponentWords | undefined>();
  return (type) => {
    if (!words.has(type)) {
      const definition = definitions.get(type);
      words.set(type, definition && wordsOf(definition));
    }
    return words.get(type);
  };
}

function wordsOf(definition: ComponentDefinition): ComponentWords {
  const { output, outputAliases } = definition;
  // An alias for the whole output says that the output may be anything.
  const isOpen = Object.values(outputAliases).some((path) => Array.isArray(path) && path.length === 0);
  return {
    fieldOf: (key) => inputFieldOf(definition, key),
    namesInto: definition.type === "subpipeline" ? "input_data" : null,
    deferred: deferredByKey(definition),
    modernise: (values) => modernise(definition, values),
    declaresOutput: Object.hasOwn(output.shape, "output"),
    outputAliases: new Set(Object.keys(outputAliases)),
    alwaysGives: new Set(isOpen ? [] : Object.keys(output.shape)),
  };
}

function deferredByKey({
  deferred,
  inputAliases,
}: ComponentDefinition): Readonly<Record<string, DeferredField>> {
  const aliases = Object.entries(inputAliases).flatMap(([alias, field]) => {
    const found = Object.hasOwn(deferred, field) ? deferred[field] : undefined;
    return found === undefined ? [] : [[alias, found] as const];
  });
  return { ...deferred, ...Object.fromEntries(aliases) };
}

/** What completing inputs would make of these values, where completing that once more changes nothing. */
function modernise(
  definition: ComponentDefinition,
  values: ReadonlyMap<string, JsonValue>,
): ReadonlyMap<string, JsonValue> {
  const given: JsonObject = Object.fromEntries(values);
  const once = converted(definition, given);
  const twice = converted(definition, once);
  const changed = new Map<string, JsonValue>();
  for (const [field, value] of Object.entries(once)) {
    const isSettled = JSON.stringify(value) === JSON.stringify(twice[field]);
    const before = values.get(field);
    if (before !== undefined && isSettled && JSON.stringify(value) !== JSON.stringify(before))
      changed.set(field, value);
  }
  return changed;
}

function converted(definition: ComponentDefinition, given: JsonObject): JsonObject {
  const { properties } = inputSchemaOf(definition);
  const modern = Object.entries(definition.modernise(given));
  return Object.fromEntries(
    modern.map(([field, value]) => {
      const schema = Object.hasOwn(properties, field) ? properties[field] : undefined;
      return [field, schema === undefined || value === null ? value : convertValue(value, schema)];
    }),
  );
}
