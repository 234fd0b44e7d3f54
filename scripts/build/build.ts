import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { build as esbuild, formatMessages, type Metafile } from "esbuild";
import { inRoot } from "../setup/root.mjs";
import { StepFailure } from "../setup/steps.mjs";
import { type BuildKind, type Bundle, bundles } from "./bundles.ts";
import { fingerprint, isUpToDate, recordDone } from "./fingerprint.ts";
import { thirdPartyNotices } from "./notices.ts";

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
 * Bundles the product into `dist/`, with the licences of what is inside. Does nothing when no source has changed.
 * Throws a `StepFailure` with the compiler's messages.
 */
export async function buildProduct(kind: BuildKind): Promise<"built" | "unchanged"> {
  const current = fingerprint(sources, kind);
  if (isUpToDate("build", current) && existsSync(inRoot("dist", "extension.cjs"))) return "unchanged";
  // Old chunks have hashed names and would pile up, and end in the .vsix.
  rmSync(inRoot("dist"), { recursive: true, force: true });
  mkdirSync(inRoot("dist"), { recursive: true });
  const metafiles: Metafile[] = [];
  for (const bundle of bundles(kind)) metafiles.push(await run(bundle));
  writeFileSync(inRoot("dist", "THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(metafiles));
  recordDone("build", current);
  return "built";
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
