import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { SecretUnavailable } from "#core/secrets";
import { isInside, orMissing } from "../inside.ts";

/** The file that secrets are looked for in, besides the environment. */
export type Dotenv =
  | { readonly kind: "none" }
  /** Relative to the workspace. One that is only a habit may be missing. */
  | { readonly kind: "project"; readonly path: string; readonly presence: "optional" | "required" }
  /** Named by who runs it: absolute, and as it was written. */
  | { readonly kind: "named"; readonly path: string; readonly name: string };

/** What the file says; null where there is none. */
export interface DotenvValues {
  /** As people are told of it. */
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the file in the usual form (`NAME=value`, quotes, `#`). Rejects with {@link SecretUnavailable}. */
export async function readDotenv(root: string, dotenv: Dotenv): Promise<DotenvValues | null> {
  switch (dotenv.kind) {
    case "none":
      return null;
    case "named":
      return { name: dotenv.name, values: await valuesOf(dotenv.path, dotenv.name) };
    case "project": {
      const { path: name, presence } = dotenv;
      const path = await orMissing(realpath(join(root, name)));
      if (path === undefined && presence === "optional") return { name, values: new Map() };
      if (path === undefined || !isInside(await realpath(root), path))
        throw new SecretUnavailable(
          `"secrets.dotenv" in flowmason.json names ${name}, which is ${path === undefined ? "not there" : "outside of the workspace"}. Name a file of the workspace, or give one with --dotenv.`,
        );
      return { name, values: await valuesOf(path, name) };
    }
  }
}

async function valuesOf(path: string, name: string): Promise<ReadonlyMap<string, string>> {
  try {
    const parsed = parseEnv((await readFile(path, "utf8")).replace(/^\uFEFF/, ""));
    return new Map(Object.entries(parsed).map(([key, value]) => [key, value ?? ""]));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const reason = error.code === "ENOENT" ? "there is no such file" : String(error.code);
    throw new SecretUnavailable(`The secrets in ${name} cannot be read: ${reason}.`);
  }
}
