import { statSync } from "node:fs";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { bundles } from "../../scripts/build/bundles.ts";
import { root } from "../../scripts/setup/root.mjs";

/** A bundle that an extension host could load at activation. */
export interface BundleContender {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}

/** What an extension loads that imports all it may ever need. */
const EAGER = `
  import "vscode-languageclient/node";
  import "@vscode/debugadapter";
  import * as z from "zod";
  import Ajv from "ajv";
  export const kept = [z, Ajv];
  export function activate() {}
`;

/** Builds, all in the same way: our activation bundle, one that imports everything at once, and one that does nothing. */
export async function bundleContenders(folder: string): Promise<readonly BundleContender[]> {
  const options = bundles("production", folder).find(({ name }) => name === "extension")?.options;
  if (options === undefined) throw new Error("There is no bundle of the extension to measure.");
  const written = (contents: string): BuildOptions => ({
    stdin: { contents, resolveDir: root, loader: "js" },
  });
  return [
    await built("FlowMason", folder, { ...options, entryPoints: [path.join(root, "extension", "main.ts")] }),
    await built("client + adapter + zod + ajv at once", folder, { ...options, ...written(EAGER) }),
    await built("hello", folder, { ...options, ...written("export function activate() {}") }),
  ];
}

async function built(name: string, folder: string, options: BuildOptions): Promise<BundleContender> {
  const file = path.join(folder, `${name.replaceAll(/\W+/g, "-")}.cjs`);
  const { outdir: _, outExtension: __, ...rest } = options;
  await build({ ...rest, outfile: file });
  return { name, file, bytes: statSync(file).size };
}
