import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** FlowMason's version, from the package this file is in, as source or bundled. */
export function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const found = packageIn(folder);
    if (found?.name === "flowmason") return found.version;
    if (dirname(folder) === folder)
      throw new Error("FlowMason's package.json is missing beside its program files.");
  }
}

function packageIn(folder: string): { readonly name: string; readonly version: string } | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, "package.json"), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  const content: unknown = JSON.parse(text);
  if (typeof content !== "object" || content === null || !("name" in content && "version" in content))
    return undefined;
  const { name, version: written } = content;
  return typeof name === "string" && typeof written === "string" ? { name, version: written } : undefined;
}
