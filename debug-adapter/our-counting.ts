import type { DebugProtocol } from "@vscode/debugprotocol";
import { adapterErrors } from "./adapter-error.ts";

/** Throws where a client counts lines otherwise than all answers do, or names files otherwise: its breakpoints would be elsewhere. */
export function expectOurCounting({
  linesStartAt1,
  pathFormat,
}: Partial<DebugProtocol.InitializeRequestArguments>): void {
  if (linesStartAt1 === false)
    throw adapterErrors.invalidRequest("initialize", "linesStartAt1: lines are counted from 1 here");
  if (pathFormat !== undefined && pathFormat !== "path")
    throw adapterErrors.invalidRequest(
      "initialize",
      'pathFormat: files are named by their paths here, as "path"',
    );
}
