import { spawnSync } from "node:child_process";
import { inRoot } from "../setup/root.mjs";
import { prepare } from "../stages/prepare.ts";

/** `npm run bench`: measures the engine, the journal and the layout beside their peers and prints the figures. */
export async function main(): Promise<number> {
  await prepare(new Set(["peers"] as const));
  let status = 0;
  const programs = [
    inRoot("bench", "main.ts"),
    inRoot("bench", "journal", "main.ts"),
    inRoot("bench", "layout", "main.ts"),
  ];
  for (const program of programs)
    status ||= spawnSync(process.execPath, ["--expose-gc", program], { stdio: "inherit" }).status ?? 1;
  return status;
}
