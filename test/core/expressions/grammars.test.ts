import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildParserFile } from "@lezer/generator";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const folder = join(root, "core", "expressions", "grammar");

test.each(["expression", "template"])("the parser tables of %s are what its grammar compiles to", (name) => {
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  const { parser, terms } = buildParserFile(read(`${name}.grammar`), {
    fileName: `${name}.grammar`,
    typeScript: true,
    exportName: `${name}Parser`,
  });
  // Otherwise run: node scripts/generate-grammars.mjs
  expect(read(`${name}.grammar.ts`)).toBe(parser);
  expect(read(`${name}.terms.ts`)).toBe(terms);
});
