import type { JsonNode } from "../json-node.ts";
import type { Field } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";

/** What `output_config` says that no run can use; of the destinations themselves the component says it. */
export function outputConfigFaults(
  fields: readonly Field[],
): readonly { readonly node: JsonNode; readonly message: string }[] {
  const config = fieldNamed(fields, "output_config")?.value;
  if (config === undefined || config.kind === "null") return [];
  if (config.kind !== "object")
    return [{ node: config, message: '"output_config" must be an object with "destinations".' }];
  return config.properties.flatMap(({ key, value }) => {
    const message = `"output_config.${key}" must be`;
    if (key === "destinations" && !["array", "string", "null"].includes(value.kind))
      return [{ node: value, message: `${message} a list, or one template that gives the list.` }];
    if (key === "destinations" && value.kind === "array")
      return value.items
        .filter(({ kind }) => kind !== "object")
        .map((node) => ({ node, message: "A destination must be an object in { }." }));
    if (switches.has(key) && value.kind !== "boolean" && value.kind !== "null")
      return [{ node: value, message: `${message} true or false.` }];
    return [];
  });
}

const switches: ReadonlySet<string> = new Set([
  "allow_caller_destinations",
  "allow_caller_override",
  "fail_on_error",
]);
