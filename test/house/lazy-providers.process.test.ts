import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const dist = path.resolve(import.meta.dirname, "../../dist/node");

/** A text of each provider's code that no other module has. */
const marks = ["anthropic-version", "x-goog-api-key", "AI_APICallError", "x_groq"];

test.each(["cli.mjs", "debug-adapter.mjs", "language-server.mjs"])(
  "%s loads no code of a model provider before one is asked",
  (entry) => {
    const loaded = loadedAtOnce(path.join(dist, entry));
    expect(loaded.size).toBeGreaterThan(1);
    for (const file of loaded) {
      const text = readFileSync(file, "utf8");
      expect(
        marks.filter((mark) => text.includes(mark)),
        path.basename(file),
      ).toEqual([]);
    }
  },
);

test("each provider's code is there, in a chunk of its own", () => {
  const folder = path.join(dist, "chunks");
  const chunks = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  for (const mark of marks)
    expect(chunks.filter((text) => text.includes(mark)).length, mark).toBeGreaterThan(0);
  expect(chunks.some((text) => text.includes("anthropic-version") && text.includes("x-goog-api-key"))).toBe(
    false,
  );
});

/** The file and all that it imports with a statement, which Node loads before the first line of it runs. */
function loadedAtOnce(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  for (const [, from = ""] of readFileSync(file, "utf8").matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.mjs)"/g))
    loadedAtOnce(path.resolve(path.dirname(file), from), loaded);
  return loaded;
}
