import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Metafile } from "esbuild";
import { inRoot } from "../setup/root.mjs";

/**
 * The licence texts of every package that ended up in a bundle, as the licences ask for. Throws when a package
 * states neither a licence text nor a licence name: then it must not be shipped.
 */
export function thirdPartyNotices(metafiles: readonly Metafile[]): string {
  const folders = new Set(
    metafiles.flatMap((metafile) => Object.keys(metafile.inputs).flatMap(packageFolder)),
  );
  const entries = [...folders].sort().map(notice);
  return `${heading}\n\n${entries.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

const heading = "FlowMason contains the following packages, each under its own licence.";

/** `node_modules/a/node_modules/@b/c` of a file in it; nothing for our own files. */
function packageFolder(input: string): readonly string[] {
  const match = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match?.[1] === undefined ? [] : [match[1]];
}

function notice(folder: string): string {
  const manifest = readManifest(folder);
  // A package may have several: one for its code and one for its pictures, say.
  const texts = readdirSync(inRoot(folder))
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort()
    .map((name) => readFileSync(inRoot(folder, name), "utf8").trim());
  if (texts.length === 0 && manifest.license === undefined)
    throw new Error(`${folder} names no licence; it cannot be shipped`);
  const title = `${manifest.name} ${manifest.version} (${manifest.license ?? "see the text"})`;
  return [title, ...sourceLine(manifest), ...texts].join("\n\n");
}

/** Where the source code is, which licences such as MPL ask for. */
function sourceLine({ repository, homepage }: Manifest): readonly string[] {
  const place = (typeof repository === "string" ? repository : repository?.url) ?? homepage;
  return place === undefined ? [] : [`Source code: ${place}`];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly repository?: string | { readonly url?: string };
  readonly homepage?: string;
}

function readManifest(folder: string): Manifest {
  const file = inRoot(folder, "package.json");
  if (!existsSync(file)) throw new Error(`${folder} has no package.json`);
  const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"));
  return manifest;
}
