import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";

const repository = path.resolve(import.meta.dirname, "../..");

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

test.each([".", "tools/vscode-host"])(
  "the lock file of %s names no registry and seals every package",
  (folder) => {
    const text = read(folder, "package-lock.json");
    expect(text).not.toMatch(/"resolved":|https?:\/\/[^"]*\.tgz/);
    const { packages } = lockFile.parse(JSON.parse(text));
    const open = Object.entries(packages).filter(
      ([location, { integrity }]) => location !== "" && integrity === undefined,
    );
    expect(open.map(([location]) => location).filter((location) => !isBundled(location))).toEqual([]);
  },
);

test.each([".", "tools/vscode-host"])(
  "every install script in %s is refused or allowed by name",
  (folder) => {
    const { packages } = lockFile.parse(JSON.parse(read(folder, "package-lock.json")));
    const { allowScripts } = manifest.parse(JSON.parse(read(folder, "package.json")));
    const scripted = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([location]) => location.replace(/^.*node_modules\//, ""));
    expect(scripted.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([]);
  },
);

/** Packages inside another's archive are sealed by that one's hash. */
const isBundled = (location: string): boolean => location.split("node_modules/").length > 2;

function read(folder: string, name: string): string {
  return readFileSync(path.join(repository, folder, name), "utf8");
}
