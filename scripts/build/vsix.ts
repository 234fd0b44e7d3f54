import { existsSync, mkdirSync } from "node:fs";
import { innerEnvironment } from "../setup/npm.mjs";
import { runLogged } from "../setup/processes.mjs";
import { inRoot } from "../setup/root.mjs";
import { fingerprint, isUpToDate, recordDone } from "./fingerprint.ts";

/** Where the packed extension is. */
export const vsixFile = inRoot(".cache", "flowmason.vsix");

/** What the package is made of, besides what `.vscodeignore` keeps out of it. */
const contents = [
  "dist",
  "extension/languages",
  "media",
  "package.json",
  ".vscodeignore",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
];

/** Packs `dist/` and the manifest into one .vsix, unless the last one is still true. Build before. */
export async function packVsix(): Promise<"packed" | "unchanged"> {
  const current = fingerprint(contents);
  if (isUpToDate("vsix", current) && existsSync(vsixFile)) return "unchanged";
  mkdirSync(inRoot(".cache"), { recursive: true });
  // Bundles hold every package already, so vsce must not look for node_modules; links in the README stay as written.
  const args = ["package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
  await runLogged(
    "vsce",
    process.execPath,
    [inRoot("node_modules", "@vscode", "vsce", "vsce"), ...args, "--out", vsixFile],
    {
      env: innerEnvironment(),
    },
  );
  recordDone("vsix", current);
  return "packed";
}
