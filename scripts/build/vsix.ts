import { existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
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
  return pack("vsix", contents, inRoot(), vsixFile);
}

/** Packs the small extension that opens a sample for `npm start`; gives back its file. */
export async function packOpenSample(): Promise<string> {
  const file = inRoot(".cache", "open-sample.vsix");
  await pack("open-sample", ["tools/open-sample"], inRoot("tools", "open-sample"), file);
  return file;
}

/** Packs the extension whose language model VS Code lets no one use unasked, for a test; gives back its file. */
export async function packGuardedModels(): Promise<string> {
  const file = inRoot(".cache", "guarded-models.vsix");
  const folder = inRoot("test", "e2e", "guarded-models");
  await pack("guarded-models", ["test/e2e/guarded-models"], folder, file);
  return file;
}

async function pack(
  name: string,
  inputs: readonly string[],
  folder: string,
  file: string,
): Promise<"packed" | "unchanged"> {
  const current = fingerprint(inputs);
  if (isUpToDate(name, current) && existsSync(file)) return "unchanged";
  mkdirSync(path.dirname(file), { recursive: true });
  // Bundles hold every package already, so vsce must not look for node_modules; links in the README stay as written.
  const args = [
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    "--skip-license",
  ];
  const vsce = inRoot("node_modules", "@vscode", "vsce", "vsce");
  // Whoever reads the package meanwhile has the last one.
  const fresh = inRoot(".cache", `${name}-${process.pid}.vsix`);
  await runLogged(`vsce-${name}`, process.execPath, [vsce, ...args, "--out", fresh], {
    cwd: folder,
    env: innerEnvironment(),
  });
  renameSync(fresh, file);
  recordDone(name, current);
  return "packed";
}
