import { context, type Plugin } from "esbuild";
import { inRoot } from "../setup/root.mjs";
import { bundles } from "./bundles.ts";

/** Builds for development and again after each change of a source, until the process is stopped. */
export async function watchProduct(): Promise<void> {
  for (const bundle of bundles("development", inRoot("dist"))) {
    const options = bundle.options;
    const watching = await context({
      ...options,
      entryPoints: bundle.entries,
      logLevel: "error",
      plugins: [...(options.plugins ?? []), announce(bundle.name)],
    });
    await watching.watch();
  }
}

/** The lines that an editor's background task waits for. */
function announce(name: string): Plugin {
  return {
    name: "announce",
    setup(build) {
      build.onStart(() => void process.stdout.write(`Building ${name}\n`));
      build.onEnd(({ errors }) => void process.stdout.write(`Built ${name}, ${errors.length} errors\n`));
    },
  };
}
