import * as z from "zod";
import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";
import type { DeferredField, Refusal } from "../define.ts";
import { anyObject, anyValue } from "../fields.ts";

/** What every destination has, whatever its type (facts, section 1.4). */
const common = {
  id: z.string().min(1),
  name: z.string().optional(),
  enabled: z.boolean().default(true),
  on_success: z.boolean().default(true),
  on_error: z.boolean().optional(),
  error_types: z.array(z.string()).default([]),
  payload_template: anyValue.optional(),
};

const headerValue = z.union([z.string(), z.number(), z.boolean()]);

/** A destination, its templates rendered. `file` is FlowMason for VS Code's own; the other types are from facts, section 1.4. */
export const destinationSchema = z.discriminatedUnion("type", [
  z.looseObject({
    ...common,
    type: z.literal("webhook"),
    config: z.looseObject({
      url: z.string(),
      method: z.enum(["POST", "PUT"]).default("POST"),
      headers: z.record(z.string(), headerValue).default({}),
      timeout_ms: z.number().positive().max(600_000).default(30_000),
      retry_count: z.int().min(0).max(10).default(3),
    }),
  }),
  z.looseObject({
    ...common,
    type: z.literal("file"),
    config: z.looseObject({
      path: z.string().min(1),
      mode: z.enum(["replace", "append"]).default("replace"),
    }),
  }),
  z.looseObject({
    ...common,
    type: z.enum(["email", "database", "message_queue"]),
    config: anyObject.default({}),
  }),
]);

/** Where something is delivered to. */
export type Destination = z.output<typeof destinationSchema>;

/** The types that FlowMason knows and this version does not deliver to. */
const unavailableTypes: ReadonlySet<string> = new Set(["email", "database", "message_queue"]);

/** Why nothing is delivered to a type. */
export function unavailable(type: string): string {
  return `This version delivers nothing to the type "${type}": it has webhook and file.`;
}

/** The names that a destination's templates see besides the usual ones. */
const payloadNames = ["data", "is_error", "error_message", "metadata", "timestamp"] as const;

/** The `destinations` of a component: a list whose texts are templates, or one template that gives the list. */
export const destinationsField = z.union([z.array(anyObject), z.string()]);

/** How a component's `destinations` are evaluated. */
export const deferredDestinations: DeferredField = { kind: "template", names: payloadNames };

/** The fields of a destination, for the description of a component's `destinations`. */
export const destinationForm =
  'Each is {"id", "type", "name", "config"}. `webhook` has the config {"url", "method" POST or PUT, "headers", "timeout_ms" 30000, "retry_count" 3}: an answer 408, 425, 429 or 5xx, or none, is tried again after 1, 2, 4 … seconds, or after what its `Retry-After` says where that is longer (at most five minutes). `file` has {"path" inside the workspace, "mode" replace or append}. Also: "enabled", "on_success", "on_error", "error_types", and "payload_template", a text or any value with {{ }} that sees `data`, `is_error`, `error_message`, `metadata` and `timestamp`; without it these five are sent as JSON. The types email, database and message_queue are known, and refused: this version does not deliver to them.';

/** What of written destinations can never work. One that is switched off is left alone. */
export function refusedDestinations(destinations: Json | undefined): readonly Refusal[] {
  if (!Array.isArray(destinations)) return [];
  return destinations.flatMap((destination: Json, index) => faultsOf(destination, ["destinations", index]));
}

function faultsOf(destination: Json, path: Refusal["path"]): readonly Refusal[] {
  if (!isJsonObject(destination) || destination["enabled"] === false) return [];
  const { type } = destination;
  if (typeof type === "string" && unavailableTypes.has(type)) {
    const remedy = 'Choose one of these, remove the destination, or set its "enabled" to false.';
    return [{ path: [...path, "type"], message: `${unavailable(type)} ${remedy}` }];
  }
  const { payload_template: _template, ...rest } = destination;
  // What has templates in it is known only in a run.
  if (JSON.stringify(rest).includes("{{")) return [];
  const issue = destinationSchema.safeParse(rest).error?.issues[0];
  if (issue === undefined) return [];
  // A JSON value has no symbols for keys.
  const inner = issue.path.filter((step): step is string | number => typeof step !== "symbol");
  if (valueAt(rest, inner) === undefined) {
    const missing = inner.join(".");
    const types = missing === "type" ? ": webhook or file" : "";
    return [{ path: [...path, ...inner], message: `the destination needs "${missing}"${types}.` }];
  }
  const place = inner.length === 0 ? "the destination" : `"${inner.join(".")}" of the destination`;
  return [{ path: [...path, ...inner], message: `${place} cannot be this: ${issue.message}.` }];
}

function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined || value === undefined) return value;
  if (Array.isArray(value)) return typeof step === "number" ? valueAt(value[step], rest) : undefined;
  return isJsonObject(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
}
