import { spawnSync } from "node:child_process";
import { inRoot } from "../setup/root.mjs";
import { prepare } from "../stages/prepare.ts";

/** `npm run bench`: measures the engine and the journal beside their peers and prints the figures. */
export async function main(): Promise<number> {
  await prepare(new Set(["peers"] as const));
  let status = 0;
  for (const program of [inRoot("bench", "main.ts"), inRoot("bench", "journal", "main.ts")])
    status ||= spawnSync(process.execPath, ["--expose-gc", program], { stdio: "inherit" }).status ?? 1;
  return status;
}
