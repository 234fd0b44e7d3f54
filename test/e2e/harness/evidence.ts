import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { inRoot } from "../../../scripts/setup/root.mjs";

interface Evidence {
  readonly page: Page;
  readonly consoleLines: readonly string[];
  readonly serverFolder: string;
  readonly workspace: string;
}

/** Keeps what shows why a scenario failed, in `test-results/e2e/<title>/`, and says where. */
export async function keepEvidence(title: string, evidence: Evidence): Promise<void> {
  const folder = inRoot("test-results", "e2e", title.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 80));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "console.log"), `${evidence.consoleLines.join("\n")}\n`);
  cpSync(evidence.workspace, path.join(folder, "workspace"), { recursive: true });
  copyIfThere(path.join(evidence.serverFolder, "server.log"), path.join(folder, "server.log"));
  copyIfThere(path.join(evidence.serverFolder, "data", "logs"), path.join(folder, "logs"));
  await evidence.page.screenshot({ path: path.join(folder, "screenshot.png") });
  process.stdout.write(`Evidence of the failure is in ${folder}\n`);
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}
