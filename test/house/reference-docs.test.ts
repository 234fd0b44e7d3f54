import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { componentDefinitions } from "#core/component-definitions";
import { parsePipeline } from "#core/pipeline";
import { exampleOf } from "../../scripts/docs/example-of.ts";
import { examples } from "../../scripts/docs/examples.ts";
import { referencePages } from "../../scripts/docs/reference-pages.ts";

const folder = join(import.meta.dirname, "../../docs/reference");

test("docs/reference is what the definitions say; npm run docs writes it", () => {
  const written = new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  expect(written).toEqual(referencePages());
});

describe("the example of each component", () => {
  test.each([...componentDefinitions.values()].map((definition) => [definition.type, definition] as const))(
    "%s has no error and no warning, and uses the component",
    (type, definition) => {
      const document = parsePipeline(JSON.stringify(exampleOf(definition)));
      expect(document.pipeline.stages.map(({ componentType }) => componentType)).toContain(type);
      const problems = checkPipeline(document).problems.filter(
        ({ severity }) => severity === "error" || severity === "warning",
      );
      expect(problems).toEqual([]);
    },
  );

  test("belongs to a component that there is", () => {
    expect([...examples.keys()].filter((type) => !componentDefinitions.has(type))).toEqual([]);
  });
});
