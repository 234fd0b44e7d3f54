import * as z from "zod";
import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";
import { attemptScope } from "../attempt-scope.ts";
import { type FieldValue, renderField } from "../deferred-fields.ts";
import { type Call, failed, type StageOutcome } from "../implementation.ts";
import { type Destination, destinationSchema } from "./definition.ts";
import type { Message } from "./message.ts";

/** A destination, and what it is sent. The payload is rendered only when it is asked for: it may be meant for failures. */
export interface ReadDestination {
  readonly destination: Destination;
  readonly payload: () => FieldValue;
}

export type ReadDestinations =
  | { readonly ok: true; readonly destinations: readonly ReadDestination[] }
  | (StageOutcome & { readonly ok: false });

/**
 * Renders and reads `destinations`. Templates of the file see the run and the message; a `payload_template` that comes
 * from the run's data, as in `"destinations": "{{ input.destinations }}"`, sees the message alone.
 */
export function readDestinations(call: Call<unknown>, source: Json, message: Message): ReadDestinations {
  const names = { ...message };
  if (typeof source !== "string") return readList(call, source, names, call);
  const given = renderField(call, "destinations", source, names);
  const confined = {
    ...call,
    scope: (added: object) => attemptScope(nothing, new Map(), new Map(), { ...names, ...added }),
  };
  return given.ok ? readList(call, given.value, names, confined) : given;
}

const nothing = { values: {}, stages: {} };

function readList(
  call: Call<unknown>,
  source: Json,
  names: Readonly<Record<string, Json>>,
  payloads: Call<unknown>,
): ReadDestinations {
  if (!Array.isArray(source)) return refuse(`"destinations" has to be a list.`);
  // What comes from the run's data has been rendered, and is not once more.
  const render = (item: Json): FieldValue =>
    payloads === call ? renderField(call, "destinations", item, names) : { ok: true, value: item };
  const destinations: ReadDestination[] = [];
  for (const [index, item] of source.entries()) {
    const read = readOne(item, render);
    if (!read.ok) return refuse(`The destination ${index} cannot be used: ${read.reason}`);
    const { value, template } = read;
    destinations.push({
      destination: value,
      payload: () =>
        template === undefined
          ? { ok: true, value: names }
          : renderField(payloads, "destinations", template, names),
    });
  }
  return { ok: true, destinations };
}

function readOne(
  item: Json,
  render: (item: Json) => FieldValue,
):
  | { readonly ok: true; readonly value: Destination; readonly template: Json | undefined }
  | { readonly ok: false; readonly reason: string } {
  const { payload_template: template, ...rest } = isJsonObject(item) ? item : { item };
  const rendered = render(rest);
  if (!rendered.ok) return { ok: false, reason: rendered.failure.message };
  const parsed = destinationSchema.safeParse(rendered.value);
  if (!parsed.success) return { ok: false, reason: `${z.prettifyError(parsed.error)}.` };
  return { ok: true, value: parsed.data, template: template ?? undefined };
}

function refuse(message: string): StageOutcome & { readonly ok: false } {
  return failed("VALIDATION", message, "destinations");
}
