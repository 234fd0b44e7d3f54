import { build } from "esbuild";
import { expect, test } from "vitest";
import { bundles } from "../../scripts/build/bundles.ts";

test("activation loads one small bundle: no package, no other room, and the rest only when it is needed", async () => {
  const bundle = bundles("production", "dist").find(({ name }) => name === "extension");
  expect(Object.keys(bundle?.entries ?? {})).toEqual([
    "extension",
    "extension-workbench",
    "extension-language-client",
  ]);
  const { metafile } = await build({
    ...bundle?.options,
    entryPoints: { extension: "extension/main.ts" },
    metafile: true,
    write: false,
  });
  expect(Object.keys(metafile.inputs).filter((input) => !input.startsWith("extension/"))).toEqual([]);
  const [output] = Object.values(metafile.outputs);
  expect(output?.bytes).toBeLessThan(100_000);
  const required = (output?.imports ?? []).map(({ path }) => path).filter((path) => path !== "vscode");
  expect(required.sort()).toEqual(["./extension-language-client.cjs", "./extension-workbench.cjs"]);
});
