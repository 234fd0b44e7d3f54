// Compiles the Lezer grammars of core/expressions to the committed parser tables beside them.
// With --check, writes nothing and fails when a committed table is not what its grammar compiles to.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildParserFile } from "@lezer/generator";

const folder = join(import.meta.dirname, "..", "core", "expressions", "grammar");
const grammars = ["expression", "template"];

const stale = grammars.flatMap((name) => staleFiles(name));
if (process.argv.includes("--check")) {
  for (const { path } of stale)
    console.error(`${path} is not what its grammar compiles to; run: node scripts/generate-grammars.mjs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const { path, text } of stale) writeFileSync(path, text);
  console.log(
    stale.length === 0
      ? "The parser tables are up to date."
      : stale.map(({ path }) => `wrote ${path}`).join("\n"),
  );
}

/** @param {string} name */
function staleFiles(name) {
  const warnings = /** @type {string[]} */ ([]);
  const { parser, terms } = buildParserFile(readFileSync(join(folder, `${name}.grammar`), "utf8"), {
    fileName: `${name}.grammar`,
    typeScript: true,
    exportName: `${name}Parser`,
    warn: (message) => warnings.push(message),
  });
  if (warnings.length > 0) throw new Error(warnings.join("\n"));
  return [
    { path: join(folder, `${name}.grammar.ts`), text: parser },
    { path: join(folder, `${name}.terms.ts`), text: terms },
  ].filter(({ path, text }) => committed(path) !== text);
}

/** @param {string} path */
function committed(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
