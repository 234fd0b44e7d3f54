import { parseArgs } from "node:util";
import { buildProduct } from "../build/build.ts";
import { watchProduct } from "../build/watch.ts";
import { step } from "../setup/steps.mjs";

/** `npm run build [-- --development [--watch]]`: bundles into `dist/`. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      development: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
    },
  });
  const kind = values.development ? "development" : "production";
  const outcome = await step(`Build (${kind})`, () => buildProduct(kind));
  if (outcome === "unchanged") process.stdout.write("Nothing has changed since the last build.\n");
  if (values.watch) await watchProduct();
  return 0;
}
