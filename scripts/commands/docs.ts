import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { referencePages } from "../docs/reference-pages.ts";
import { inRoot } from "../setup/root.mjs";

/** Writes docs/reference/ anew from the definitions. */
export async function main(): Promise<number> {
  for (const [name, text] of referencePages()) {
    const file = inRoot("docs", "reference", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`docs/reference/${name}`);
  }
  return 0;
}
