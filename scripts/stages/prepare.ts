import { buildProduct } from "../build/build.ts";
import { packVsix } from "../build/vsix.ts";
import { installChromium } from "../install/chromium.ts";
import { installVscodeHost } from "../install/vscode-host.ts";
import { step } from "../setup/steps.mjs";
import type { Need } from "./stage.ts";

/** Makes or installs what the stages need, in the order in which one rests on the other. */
export async function prepare(needs: ReadonlySet<Need>): Promise<void> {
  if (needs.has("bundles") || needs.has("package")) await step("Build", () => buildProduct("production"));
  if (needs.has("package")) await step("Pack the extension", () => packVsix());
  if (needs.has("browser")) await installChromium();
  if (needs.has("vscode")) await installVscodeHost();
}
