import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import * as z from "zod";
import {
  componentDefinitions,
  findDefinition,
  inputFieldOf,
  inputSchemaOf,
} from "#core/component-definitions";

const all = [...componentDefinitions.values()];

test("the twenty types of FlowMason are there, and those of our own", () => {
  expect([...componentDefinitions.keys()].sort()).toEqual(
    [
      ...["generator", "critic", "improver", "selector", "synthesizer"],
      ...["http_request", "json_transform", "filter", "loop", "variable_set", "logger", "schema_validate"],
      ...["output_router", "error_router"],
      ...["command", "approval"],
      ...["conditional", "router", "foreach", "trycatch", "subpipeline", "return"],
    ].sort(),
  );
});

test("a type is found with - for _, and nothing else is found", () => {
  expect(findDefinition("http-request")).toBe(componentDefinitions.get("http_request"));
  for (const name of ["constructor", "__proto__", "HTTP_REQUEST", "abstract", ""])
    expect(findDefinition(name)).toBeUndefined();
});

test.each(all)("$type says what each field is, in its schema too", (definition) => {
  const { properties } = z.toJSONSchema(definition.output);
  for (const fields of [inputSchemaOf(definition).properties, properties ?? {}]) {
    for (const [field, schema] of Object.entries(fields)) {
      expect(schema, field).toMatchObject({ description: expect.stringMatching(/.\.$/) });
    }
  }
});

test.each(all)("$type has aliases, deferred fields and an icon that exist", (definition) => {
  for (const [alias, field] of Object.entries(definition.inputAliases)) {
    expect(inputFieldOf(definition, field)).toBe(field);
    expect(inputFieldOf(definition, alias)).toBe(field);
  }
  for (const field of Object.keys(definition.deferred)) expect(inputFieldOf(definition, field)).toBe(field);
  for (const alias of Object.values(definition.outputAliases)) {
    for (const path of Array.isArray(alias) ? [alias] : Object.values(alias)) {
      const [first] = path;
      if (first !== undefined) expect(Object.keys(definition.output.shape)).toContain(first);
    }
  }
  expect(codicons).toContain(`.codicon-${definition.icon}:before`);
});

const codicons = readFileSync(
  createRequire(import.meta.url).resolve("@vscode/codicons/dist/codicon.css"),
  "utf8",
);
