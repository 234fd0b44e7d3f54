import { isJsonObject } from "#core/pipeline";
import type { Json, JsonObject } from "#core/ports";
import { renderField } from "../deferred-fields.ts";
import { failed, implement, type StageOutcome } from "../implementation.ts";
import { followPath } from "../json-path.ts";
import { jsonWithin } from "../json-within.ts";
import { jsonTransform } from "./definition.ts";
import { queryWithJmespath } from "./query-with-jmespath.ts";

/** A template comes before a JMESPath query, that before a mapping, that before flattening. */
export const jsonTransformImplementation = implement(jsonTransform, (call) => {
  const { data: given, template, jmespath_expression, mapping, flatten, parse_json_strings } = call.inputs;
  const data = parse_json_strings && typeof given === "string" ? (jsonWithin(given) ?? given) : given;
  if (template !== undefined) {
    const rendered = renderField(call, "template", template, { data: data ?? null });
    return rendered.ok ? { ok: true, output: rendered.value } : rendered;
  }
  if (data === undefined)
    return failed("VALIDATION", `json_transform needs "data", or a "template".`, "data");
  if (jmespath_expression !== undefined) {
    const answer = queryWithJmespath(data, jmespath_expression);
    return answer.ok ? finish(call.inputs, { result: answer.value, mapped: 0, missing: [] }) : answer;
  }
  if (mapping !== undefined) return applyMapping(call.inputs, data, mapping);
  return finish(call.inputs, { result: flatten ? flattened(data) : data, mapped: 0, missing: [] });
});

interface Shaping {
  readonly defaults: JsonObject;
  readonly exclude_fields: readonly string[];
}

interface Shaped {
  readonly result: Json;
  readonly mapped: number;
  readonly missing: readonly string[];
}

function applyMapping(shaping: Shaping, data: Json, mapping: JsonObject): StageOutcome {
  if (typeof data === "string") {
    return failed(
      "TRANSFORMATION",
      "The data is text with no JSON in it, so that no path leads anywhere.",
      "data",
    );
  }
  const mapped = mapFields(data, mapping, "");
  if (!mapped.ok) {
    const { field, path } = mapped;
    return failed(
      "VALIDATION",
      `mapping.${field}: "${path}" is no path. Write it as user.emails[0].`,
      "mapping",
    );
  }
  return finish(shaping, { result: mapped.result, mapped: mapped.count, missing: mapped.missing });
}

type Mapped =
  | {
      readonly ok: true;
      readonly result: JsonObject;
      readonly count: number;
      readonly missing: readonly string[];
    }
  | { readonly ok: false; readonly field: string; readonly path: string };

/** A text is a path into the data, an object a mapping of its own, and anything else is itself. */
function mapFields(data: Json, mapping: JsonObject, around: string): Mapped {
  const result: [string, Json][] = [];
  const missing: string[] = [];
  let count = 0;
  for (const [name, target] of Object.entries(mapping)) {
    const field = around + name;
    if (typeof target === "string") {
      const reached = followPath(data, target);
      if (reached === undefined) return { ok: false, field, path: target };
      if (reached.found) result.push([name, reached.value]);
      else missing.push(field);
      count += Number(reached.found);
    } else if (isJsonObject(target)) {
      const inner = mapFields(data, target, `${field}.`);
      if (!inner.ok) return inner;
      result.push([name, inner.result]);
      missing.push(...inner.missing);
      count += inner.count;
    } else {
      result.push([name, target]);
      count += 1;
    }
  }
  return { ok: true, result: Object.fromEntries(result), count, missing };
}

function finish({ defaults, exclude_fields }: Shaping, { result, mapped, missing }: Shaped): StageOutcome {
  const shape = (value: Json): Json =>
    isJsonObject(value) ? without({ ...defaults, ...value }, exclude_fields) : value;
  return {
    ok: true,
    output: {
      result: Array.isArray(result) ? result.map(shape) : shape(result),
      fields_mapped: mapped,
      fields_missing: missing.filter((field) => !Object.hasOwn(defaults, field)),
    },
  };
}

function without(value: JsonObject, fields: readonly string[]): JsonObject {
  return fields.length === 0
    ? value
    : Object.fromEntries(Object.entries(value).filter(([key]) => !fields.includes(key)));
}

/** `{a: {b: 1}}` -> `{"a.b": 1}`. Lists stay lists, and empty objects stay values. */
function flattened(data: Json): Json {
  if (!isJsonObject(data)) return data;
  const flat: [string, Json][] = [];
  const visit = (value: JsonObject, prefix: string): void => {
    for (const [key, member] of Object.entries(value)) {
      if (isJsonObject(member) && Object.keys(member).length > 0) visit(member, `${prefix}${key}.`);
      else flat.push([prefix + key, member]);
    }
  };
  visit(data, "");
  return Object.fromEntries(flat);
}
