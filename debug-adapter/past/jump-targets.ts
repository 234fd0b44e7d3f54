import type { DebugProtocol } from "@vscode/debugprotocol";
import type { RecordedGate } from "#core/engine";
import { parsePipeline } from "#core/pipeline";
import { addressKey } from "#core/ports";
import { bindBreakpoints } from "../breakpoints/bind-breakpoints.ts";
import { createSameFile } from "../same-file.ts";
import type { History } from "./history.ts";
import type { PastSetting } from "./shown-past.ts";

/** Targets that a client is offered at most: of a loop with a thousand rounds the last ones. */
const mostTargets = 100;

/** The gates before each attempt of the stage on a line; the id of each is the gate's number and one. */
export function jumpTargets(
  { history, setting }: { readonly history: History; readonly setting: PastSetting },
  text: string,
  { source, line, column }: DebugProtocol.GotoTargetsArguments,
): readonly DebugProtocol.GotoTarget[] {
  const asked = [{ line, ...(column === undefined ? {} : { column }) }];
  const [bound] = bindBreakpoints(parsePipeline(text), asked);
  const stage = bound?.stage;
  if (stage === undefined || stage === null || source.path === undefined) return [];
  const { path } = source;
  const isSameFile = createSameFile();
  const isThere = (gate: RecordedGate): boolean =>
    gate.kind === "before" &&
    gate.address.stage === stage &&
    setting
      .fileAt(gate.address.frames)
      .pathsOf(stage)
      .some((each) => isSameFile(each, path));
  return history.gates
    .flatMap((gate, at) => (isThere(gate) ? [{ id: at + 1, label: labelOf(gate), line }] : []))
    .slice(-mostTargets);
}

function labelOf({ address, attempt }: RecordedGate): string {
  return attempt > 1 ? `${addressKey(address)} (attempt ${attempt})` : addressKey(address);
}
