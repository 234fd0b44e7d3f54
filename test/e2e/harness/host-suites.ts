import { copyFileSync, globSync, mkdirSync } from "node:fs";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { inRoot } from "../../../scripts/setup/root.mjs";

/** What VS Code's extension host needs: the module it is told to run, and the suites that module loads. */
export interface HostSuites {
  readonly runner: string;
  readonly suites: string;
  /** The folder of an extension beside ours, which brings language models. */
  readonly modelProvider: string;
}

/** Bundles test/extension-host for the extension host, which knows neither TypeScript nor our `#` imports. */
export async function bundleHostSuites(): Promise<HostSuites> {
  const folder = inRoot(".cache", "extension-host-tests");
  mkdirSync(folder, { recursive: true });
  const files = globSync("test/extension-host/**/*.test.ts", { cwd: inRoot() }).sort();
  if (files.length === 0) throw new Error("There is no test in test/extension-host");
  const common = {
    absWorkingDir: inRoot(),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    sourcemap: "inline",
    // package.json says which modules do something when they are imported, and means those that are shipped.
    ignoreAnnotations: true,
    external: ["vscode", "mocha"],
    logLevel: "silent",
  } satisfies BuildOptions;
  const suites = path.join(folder, "suites.cjs");
  const contents = files.map((file) => `import ${JSON.stringify(`./${file}`)};`).join("\n");
  await build({
    ...common,
    stdin: { contents, resolveDir: inRoot(), sourcefile: "suites.ts" },
    outfile: suites,
  });
  const runner = path.join(folder, "run-suites.cjs");
  await build({ ...common, entryPoints: ["test/extension-host/harness/run-suites.ts"], outfile: runner });
  const modelProvider = path.join(folder, "model-provider");
  const source = inRoot("test", "extension-host", "model-provider");
  const outfile = path.join(modelProvider, "extension.cjs");
  await build({ ...common, entryPoints: [path.join(source, "extension.ts")], outfile });
  copyFileSync(path.join(source, "package.json"), path.join(modelProvider, "package.json"));
  return { runner, suites, modelProvider };
}
