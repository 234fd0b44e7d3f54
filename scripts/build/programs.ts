import path from "node:path";
import type { Plugin } from "esbuild";
import { root } from "../setup/root.mjs";

/** The entry point of a program: `main` with all it imports is loaded after what is to come before it. */
export function program(main: string): string {
  return `program:${main}`;
}

/** Makes the entry points that {@link program} names. */
export const programs: Plugin = {
  name: "programs",
  setup(build) {
    build.onResolve({ filter: /^program:/ }, ({ path: name }) => ({
      path: name.slice("program:".length),
      namespace: "program",
    }));
    build.onLoad({ filter: /.*/, namespace: "program" }, ({ path: main }) => ({
      contents: `#!/usr/bin/env node
import { keepCompiled } from "./host/start/keep-compiled.ts";
keepCompiled();
await import("./${main}");`,
      loader: "ts",
      resolveDir: root,
      watchFiles: [path.join(root, main)],
    }));
  },
};
