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
  const licenceFile = readdirSync(inRoot(folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const title = `${manifest.name} ${manifest.version} (${manifest.license ?? "see the text"})`;
  if (licenceFile !== undefined) {
    return `${title}\n\n${readFileSync(inRoot(folder, licenceFile), "utf8").trim()}`;
  }
  if (manifest.license === undefined) throw new Error(`${folder} names no licence; it cannot be shipped`);
  return title;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

function readManifest(folder: string): Manifest {
  const file = inRoot(folder, "package.json");
  if (!existsSync(file)) throw new Error(`${folder} has no package.json`);
  const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"));
  return manifest;
}
