import path from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** `import text from "bundled-text:./x.ts"` is the text of one script that holds `x.ts` and all it imports. */
export function bundledText(options: Pick<BuildOptions, "minify" | "target" | "define">): Plugin {
  return {
    name: "bundled-text",
    setup(build) {
      build.onResolve({ filter: /^bundled-text:/ }, ({ path: name, resolveDir }) => ({
        path: path.join(resolveDir, name.slice("bundled-text:".length)),
        namespace: "bundled-text",
      }));
      build.onLoad({ filter: /.*/, namespace: "bundled-text" }, async ({ path: file }) => {
        const { outputFiles, metafile, errors } = await build.esbuild.build({
          ...options,
          entryPoints: [file],
          bundle: true,
          write: false,
          metafile: true,
          format: "iife",
          platform: "browser",
          legalComments: "none",
          logLevel: "silent",
        });
        const watchFiles = Object.keys(metafile.inputs).map((input) => path.resolve(input));
        return { contents: outputFiles[0]?.text ?? "", loader: "text", errors, watchFiles };
      });
    },
  };
}
