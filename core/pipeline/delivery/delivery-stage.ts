import type { JsonNode, JsonProperty } from "../json-node.ts";
import type { Pipeline, Stage } from "../model.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import { readListedStage } from "../stage/read-stage.ts";

/** What a run calls the delivery of its output: no stage of a file can have this id. */
export const deliveryId = "$output_config";

/**
 * `output_config` as what it means: a stage that delivers once all others have ended. It is no stage of the document,
 * and its spans are absolute. Null where nothing is to be delivered anywhere.
 */
export function deliveryStage({ fields }: Pipeline): Stage | null {
  const config = fieldNamed(fields, "output_config")?.value;
  const destinations = fieldNamed(fieldsOf(config), "destinations");
  if (config === undefined || destinations === undefined || isEmpty(destinations.value)) return null;
  const { span } = config;
  const property = (key: string, value: JsonNode): JsonProperty => ({ key, keySpan: span, span, value });
  const written = {
    ...destinations,
    span: { start: destinations.keySpan.start, end: destinations.value.span.end },
  };
  const node: JsonNode = {
    kind: "object",
    span,
    properties: [
      property("id", { kind: "string", span, value: deliveryId }),
      property("component_type", { kind: "string", span, value: "output_router" }),
      property("config", { kind: "object", span, properties: [written] }),
    ],
  };
  // That no file may write such an id is the point of it, so the problem that reading it makes is left out.
  return readListedStage(node, []).at(0) ?? null;
}

/** The same with nothing to deliver: what templates are completed for that are not in the file yet. It has no place in a text. */
export function blankDelivery(): Stage {
  const span = { start: 0, end: 0 };
  const property = (key: string, value: JsonNode): JsonProperty => ({ key, keySpan: span, span, value });
  const node: JsonNode = {
    kind: "object",
    span,
    properties: [
      property("id", { kind: "string", span, value: deliveryId }),
      property("component_type", { kind: "string", span, value: "output_router" }),
    ],
  };
  const [stage] = readListedStage(node, []);
  if (stage === undefined) throw new Error("A stage with an id and a type can be read.");
  return stage;
}

/** Whether a failed delivery fails the run. */
export function failsUndelivered({ fields }: Pipeline): boolean {
  const field = fieldNamed(fieldsOf(fieldNamed(fields, "output_config")?.value), "fail_on_error");
  return field?.value.kind === "boolean" && field.value.value;
}

function isEmpty(node: JsonNode): boolean {
  return node.kind === "null" || node.kind === "error" || (node.kind === "array" && node.items.length === 0);
}
