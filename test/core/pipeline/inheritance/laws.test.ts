import fc from "fast-check";
import { expect, test } from "vitest";
import { documentToJson, type JsonValue, parsePipeline, resolvePipeline, stageById } from "#core/pipeline";
import { arbitraryPipeline } from "../../../support/arbitrary-pipeline.ts";
import { catalogOf, jsonOf } from "./resolved.ts";

const key = fc.oneof(
  fc.constantFrom("a", "b", "config", "__proto__", "constructor", "toString"),
  fc.string({ maxLength: 4 }),
);
const { value } = fc.letrec<{ value: JsonValue; object: JsonValue }>((tie) => ({
  object: fc
    .array(fc.tuple(key, tie("value")), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
}));
const object = fc.array(fc.tuple(key, value), { maxLength: 5 }).map((entries) => Object.fromEntries(entries));

/** What deep-merging means, said once more and without any text. */
function merged(under: JsonValue, over: JsonValue): JsonValue {
  if (!isObject(under) || !isObject(over)) return over;
  const entries = new Map(Object.entries(under));
  for (const [name, each] of Object.entries(over)) {
    const below = entries.get(name);
    entries.set(name, below === undefined ? each : merged(below, each));
  }
  return Object.fromEntries(entries);
}

function isObject(json: JsonValue): json is { readonly [key: string]: JsonValue } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** A stage with settings of its own, in a field that means nothing to us: nothing but the law acts on it. */
const parentOf = (settings: JsonValue): string =>
  JSON.stringify({ name: "p", stages: [{ id: "s", component_type: "logger", x: settings }] });

function overridden(settings: JsonValue, override: JsonValue): JsonValue | undefined {
  const child = `{"name":"c","extends":"p","overrides":{"s":{"x":${JSON.stringify(override)}}}}`;
  const catalog = catalogOf({ "p.json": parentOf(settings) });
  const json = jsonOf(resolvePipeline(parsePipeline(child), { catalog, path: "c.json" }));
  const [stage] = json["stages"] as readonly { readonly x?: JsonValue }[];
  return stage?.x;
}

test("an override is merged deeply, whatever the keys, and no key of either is lost", () => {
  fc.assert(
    fc.property(value, value, (under, over) => {
      expect(JSON.stringify(overridden(under, over))).toBe(JSON.stringify(merged(under, over)));
    }),
    { seed: 71, numRuns: 300 },
  );
});

test("an override of nothing changes nothing, and one of the same changes nothing", () => {
  fc.assert(
    fc.property(object, (settings) => {
      expect(overridden(settings, {})).toEqual(settings);
      expect(overridden(settings, settings)).toEqual(settings);
    }),
    { seed: 72, numRuns: 100 },
  );
});

test("a child that says nothing has its parent's stages and fields, each written in the parent", () => {
  fc.assert(
    fc.property(arbitraryPipeline, ({ text }) => {
      const document = parsePipeline(text);
      fc.pre(!document.broken && document.problems.every(({ severity }) => severity !== "error"));
      const parent = documentToJson(document) as Record<string, JsonValue>;
      const catalog = { entries: [{ path: "p.json", document }] };
      const child = parsePipeline('{ "name": "c", "extends": "p.json", "overrides": {}, "stages": [] }');
      const resolved = resolvePipeline(child, { catalog, path: "c.json" });
      expect(resolved.problems).toEqual([]);
      const own = new Set([
        "$schema",
        "id",
        "name",
        "version",
        "abstract",
        "extends",
        "overrides",
        "compositions",
      ]);
      const inherited = Object.fromEntries(Object.entries(parent).filter(([name]) => !own.has(name)));
      const { name: _name, ...rest } = documentToJson(resolved.document) as Record<string, JsonValue>;
      expect(rest).toEqual(inherited);
      for (const { id } of document.pipeline.stages) {
        const stage = stageById(resolved.document, id);
        expect(stage?.id).toBe(id);
      }
    }),
    { seed: 73, numRuns: 150 },
  );
});

test("resolving gives the same text each time, and reading on from an earlier child what reading anew gives", () => {
  fc.assert(
    fc.property(object, object, value, (first, second, settings) => {
      const catalog = catalogOf({ "p.json": parentOf(settings) });
      const childOf = (override: JsonValue): string =>
        `{"name":"c","extends":"p","overrides":{"s":{"x":${JSON.stringify(override)}}},"stages":[{"id":"t","component_type":"logger"}]}`;
      const before = parsePipeline(childOf(first));
      resolvePipeline(before, { catalog, path: "c.json" });
      const after = parsePipeline(childOf(second), before);
      const on = resolvePipeline(after, { catalog, path: "c.json" });
      const anew = resolvePipeline(parsePipeline(childOf(second)), { catalog, path: "c.json" });
      expect(on.document.text).toBe(anew.document.text);
      expect(documentToJson(on.document)).toEqual(documentToJson(anew.document));
      expect(on.document.problems).toEqual(anew.document.problems);
      expect(resolvePipeline(after, { catalog, path: "c.json" })).toBe(on);
    }),
    { seed: 74, numRuns: 100 },
  );
});

test("no text makes resolving throw, and every origin is a place of a file", () => {
  fc.assert(
    fc.property(
      arbitraryPipeline,
      arbitraryPipeline,
      fc.nat(9999),
      ({ text: over }, { text: under }, share) => {
        const cut = over.slice(0, Math.floor((share / 9999) * over.length));
        const catalog = { entries: [{ path: "p.json", document: parsePipeline(under) }] };
        for (const text of [over, cut]) {
          const child = parsePipeline(text.replace("{", '{ "extends": "p.json",'));
          const resolved = resolvePipeline(child, { catalog, path: "c.json" });
          for (let start = 0; start < resolved.document.text.length; start += 7) {
            const { file, span } = resolved.originOf({ start, end: start + 1 });
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeLessThanOrEqual(file.document.text.length);
          }
        }
      },
    ),
    { seed: 75, numRuns: 100 },
  );
});
