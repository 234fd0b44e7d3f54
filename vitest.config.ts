import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

/** In a soak no law is done in the time that a test has otherwise, which only a slow machine needs. */
const patience = process.env["FLOWMASON_SOAK"] === "1" ? 60 * 60 * 1000 : 120_000;

/** Kinds of tests, told apart by file name and folder; each is a stage of `npm test`. */
const kinds = {
  process: "test/**/*.process.test.ts",
  browser: "test/**/*.browser.test.ts",
  e2e: "test/e2e/**/*.test.ts",
  extensionHost: "test/extension-host/**",
} as const;

export default defineConfig({
  test: {
    // On two cores vitest would use one; most process tests wait for a child that has the other.
    maxWorkers: Math.max(2, os.availableParallelism() - 1),
    projects: [
      {
        test: {
          name: "unit",
          // No test here leaves anything behind in a module; loading all of them for each file took three minutes in four.
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: Object.values(kinds),
          // The longest take a second or two; a machine that does much else takes its time.
          testTimeout: patience,
          hookTimeout: 60_000,
        },
      },
      {
        // Start the built CLI, debug adapter and language server as a user's machine would.
        test: {
          name: "process",
          isolate: false,
          setupFiles: ["test/debug-adapter/support/after-each.ts"],
          include: [kinds.process],
          // What one start of ours has compiled the next ones take, and the user's own is left alone.
          env: { NODE_COMPILE_CACHE: path.resolve(".cache/compiled") },
          testTimeout: patience,
          hookTimeout: 60_000,
        },
      },
      {
        // Load the built webview in Chromium, in a plain page.
        test: {
          name: "browser",
          include: [kinds.browser],
          globalSetup: ["test/webview/harness/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A slow machine takes longer than the second that is usual.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        // Drive the packed extension in real VS Code. One server and one browser for all of them.
        test: {
          name: "e2e",
          include: [kinds.e2e],
          globalSetup: ["test/e2e/harness/global-setup.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          fileParallelism: false,
          isolate: false,
        },
      },
    ],
  },
});
