import { readFile } from "node:fs/promises";
import * as z from "zod";
import { hostFiles } from "./host-files.ts";

/** The declarations that an editor needs for components, path -> text: `flowmason.d.ts`, and zod's in `zod/`. */
export async function componentTypes(): Promise<ReadonlyMap<string, string>> {
  const json: unknown = JSON.parse(await readFile(hostFiles().types, "utf8"));
  return new Map(Object.entries(z.record(z.string(), z.string()).parse(json)));
}
