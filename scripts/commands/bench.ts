import { spawnSync } from "node:child_process";
import { inRoot } from "../setup/root.mjs";
import { prepare } from "../stages/prepare.ts";

/** `npm run bench`: measures the engine beside its peers and prints the figures. */
export async function main(): Promise<number> {
  await prepare(new Set(["peers"] as const));
  return spawnSync(process.execPath, [inRoot("bench", "main.ts")], { stdio: "inherit" }).status ?? 1;
}
