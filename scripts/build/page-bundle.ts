import path from "node:path";
import { build } from "esbuild";
import { bundledText } from "./bundled-text.ts";

/**
 * Bundles scripts and styles for a plain page in a browser, as the canvas is bundled for VS Code: the content of each
 * file by its name. Throws what esbuild finds wrong.
 */
export async function bundlePage(
  entryPoints: Readonly<Record<string, string>>,
  { as }: { readonly as: "shipped" | "readable" },
): Promise<Map<string, Uint8Array>> {
  const target = "es2023";
  const result = await build({
    entryPoints,
    bundle: true,
    minify: as === "shipped",
    write: false,
    outdir: import.meta.dirname,
    format: "esm",
    splitting: true,
    jsx: "automatic",
    target,
    plugins: [bundledText({ minify: true, target })],
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return new Map(result.outputFiles.map(({ path: file, contents }) => [path.basename(file), contents]));
}
