import { buildProduct } from "../build/build.ts";
import { packVsix } from "../build/vsix.ts";
import { installChromium } from "../install/chromium.ts";
import { installVscodeHost } from "../install/vscode-host.ts";
import { installDependencies, missingDependency } from "../setup/dependencies.mjs";
import { inRoot } from "../setup/root.mjs";
import { step } from "../setup/steps.mjs";
import type { Need } from "./stage.ts";

/** Makes or installs what the stages need, in the order in which one rests on the other. */
export async function prepare(needs: ReadonlySet<Need>): Promise<void> {
  if (needs.has("peers")) await installPeers();
  if (needs.has("bundles") || needs.has("package")) await step("Build", () => buildProduct("production"));
  if (needs.has("package")) await step("Pack the extension", () => packVsix());
  if (needs.has("browser")) await installChromium();
  if (needs.has("vscode")) await installVscodeHost();
}

/** The benchmark's types name the packages it compares us with. */
async function installPeers(): Promise<void> {
  const missing = missingDependency(inRoot("bench"));
  if (missing === undefined) return;
  await step(`Install the peers of the benchmark (${missing})`, () => installDependencies(inRoot("bench")));
}
