import { statSync } from "node:fs";
import { buildProduct } from "../build/build.ts";
import { packVsix, vsixFile } from "../build/vsix.ts";
import { step } from "../setup/steps.mjs";

/** `npm run package`: bundles and packs the extension. */
export async function main(): Promise<number> {
  await step("Build", () => buildProduct("production"));
  await step("Pack the extension", () => packVsix());
  process.stdout.write(`${vsixFile}, ${Math.round(statSync(vsixFile).size / 1024)} KiB\n`);
  return 0;
}
