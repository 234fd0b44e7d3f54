import path from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { root } from "../setup/root.mjs";
import { bundledText } from "./bundled-text.ts";
import { englishOnly } from "./english-only.ts";
import { program, programs } from "./programs.ts";

/** Whether bundles are for shipping (small, no source maps) or for stepping through (source maps). */
export type BuildKind = "production" | "development";

/** One esbuild run: its entry points, and the options that are its own. */
export interface Bundle {
  readonly name: string;
  /** Output name without extension -> source file. */
  readonly entries: Readonly<Record<string, string>>;
  readonly options: BuildOptions;
}

/** Node of VS Code's extension host since 1.115: the oldest that has to run what we ship. */
const shippedNode = "node22";

/** The language of the Chromium in that VS Code, and of the browsers that vscode.dev asks for. */
const shippedBrowser = "es2023";

/** The bundles that make up the product, written into `folder`. Every entry point is one of the rooms' `main`. */
export function bundles(kind: BuildKind, folder: string): readonly Bundle[] {
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    minify: kind === "production",
    sourcemap: kind === "production" ? false : "linked",
    legalComments: "none",
    metafile: true,
    logLevel: "silent",
    define: { "process.env.NODE_ENV": JSON.stringify(kind) },
  };
  const node: BuildOptions = {
    ...common,
    outdir: path.join(folder, "node"),
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    target: shippedNode,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    // CommonJS packages inside an ES module bundle still ask for Node's modules with `require`.
    banner: {
      js: 'import { createRequire as flowmasonRequire } from "node:module"; const require = flowmasonRequire(import.meta.url);',
    },
  };
  return [
    {
      name: "extension",
      // Only the first is loaded at activation; it requires the others when they are needed.
      entries: {
        extension: "extension/main.ts",
        "extension-workbench": "extension/workbench.ts",
        "extension-language-client": "extension/language-client.ts",
      },
      options: {
        ...common,
        outdir: folder,
        outExtension: { ".js": ".cjs" },
        platform: "node",
        format: "cjs",
        target: shippedNode,
        external: ["vscode"],
        // `import()` of an own file becomes `require` of its bundle.
        supported: { "dynamic-import": false },
        plugins: [lazyBundles("extension")],
      },
    },
    {
      name: "webview",
      entries: {
        webview: "webview/main.tsx",
        timeline: "webview/timeline/main.tsx",
        comparison: "webview/comparison/main.tsx",
        merge: "webview/merge/main.tsx",
        viewer: "webview/viewer/main.tsx",
        sweep: "webview/sweep/main.tsx",
      },
      options: {
        ...common,
        outdir: folder,
        platform: "browser",
        // The inspector, and the editors in it, are bundles of their own, loaded when they are first shown.
        format: "esm",
        splitting: true,
        chunkNames: "webview-chunks/[name]-[hash]",
        target: shippedBrowser,
        plugins: [bundledText({ minify: kind === "production", target: shippedBrowser })],
        jsx: "automatic",
        loader: { ".ttf": "file" },
        assetNames: "[name]",
      },
    },
    {
      name: "node",
      entries: {
        cli: program("cli/main.ts"),
        "debug-adapter": program("debug-adapter/main.ts"),
        "language-server": program("language-server/main.ts"),
      },
      options: { ...node, plugins: [programs, englishOnly] },
    },
    {
      // The process for a project's own components, and what these import (host/component-host/host-files.ts). By
      // itself, since it holds all of zod, and the others only what they use.
      name: "component-host",
      entries: {
        "component-host": "host/component-host/child/main.ts",
        "component-watchdog": "host/component-host/child/watchdog.ts",
        flowmason: "host/component-host/sdk/flowmason.ts",
        zod: "host/component-host/sdk/zod.ts",
      },
      options: node,
    },
  ];
}

/** Leaves each `import("./x.ts")` of an own file out of the bundle: `<prefix>-x.cjs` beside it holds that. */
function lazyBundles(prefix: string): Plugin {
  return {
    name: "lazy-bundles",
    setup(build) {
      build.onResolve({ filter: /^\.\/.+\.ts$/ }, ({ path: file, kind }) => {
        if (kind !== "dynamic-import") return undefined;
        return { path: file.replace(/^\.\/(.+)\.ts$/, `./${prefix}-$1.cjs`), external: true };
      });
    },
  };
}
