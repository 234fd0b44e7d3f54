import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build as esbuild, formatMessages, type Metafile } from "esbuild";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";
import { type BuildKind, type Bundle, bundles } from "./bundles.ts";
import { componentTypes } from "./component-types.ts";
import { fingerprint } from "./fingerprint.ts";
import { thirdPartyNotices } from "./notices.ts";
import { replaceFolder } from "./replace-folder.ts";
import { writeSchemas } from "./schemas.ts";

/** Everything that can change a bundle. */
const sources = [
  "core",
  "host",
  "protocol",
  "extension",
  "webview",
  "debug-adapter",
  "language-server",
  "cli",
  "scripts/build",
  "tsconfig.base.json",
  "package.json",
  "package-lock.json",
];

/**
 * Bundles the product into `dist/`, with the licences of what is inside and the published schemas. Does nothing when no source has changed. The
 * new folder takes the place of the old one when it is whole, so that a failed build, or one beside it in the same
 * tree, leaves a `dist/` that works. Throws a `StepFailure` with the compiler's messages.
 */
export async function buildProduct(kind: BuildKind): Promise<"built" | "unchanged"> {
  const dist = inRoot("dist");
  const current = fingerprint(sources, kind);
  if (builtFrom(dist) === current) return "unchanged";
  const fresh = inRoot(".cache", `build-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const metafiles: Metafile[] = [];
    for (const bundle of bundles(kind, fresh)) metafiles.push(await run(bundle));
    writeFileSync(path.join(fresh, "node", "component-types.json"), componentTypes());
    writeFileSync(path.join(fresh, "THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(metafiles));
    writeSchemas(fresh);
    writeFileSync(path.join(fresh, FINGERPRINT), current);
    if (builtFrom(dist) !== current) replaceFolder(dist, fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return "built";
}

/** Lies in the folder itself, so that it can never be told of another's content. */
const FINGERPRINT = ".fingerprint";

/** The fingerprint of the sources that a folder was built from; undefined when nothing says. */
function builtFrom(folder: string): string | undefined {
  const file = path.join(folder, FINGERPRINT);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

async function run(bundle: Bundle): Promise<Metafile> {
  try {
    const { metafile } = await esbuild({ ...bundle.options, entryPoints: bundle.entries, metafile: true });
    return metafile;
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const messages = await formatMessages(error.errors, { kind: "error", color: false });
    throw new StepFailure(`The bundle ${bundle.name} does not build:\n${messages.join("\n")}`);
  }
}

type BuildMessages = Parameters<typeof formatMessages>[0];

function isBuildFailure(error: unknown): error is { readonly errors: BuildMessages } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
