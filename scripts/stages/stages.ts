import { checkStage } from "./check-stage.ts";
import { extensionHostStage } from "./extension-host-stage.ts";
import type { Stage } from "./stage.ts";
import { vitestStage } from "./vitest-stage.ts";

/** The parts of `npm test`, quick ones first. */
export const stages: readonly Stage[] = [
  checkStage,
  vitestStage("unit", []),
  vitestStage("process", ["package"]),
  vitestStage("browser", ["bundles", "browser"]),
  extensionHostStage,
  vitestStage("e2e", ["package", "browser", "vscode"]),
];
